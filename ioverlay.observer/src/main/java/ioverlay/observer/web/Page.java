package ioverlay.observer.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The page's files, from the bundle's folder {@code page/}. Only names that could be one are looked for, so no path climbs
 * out of the folder; what was found is kept in memory, once as it is and once packed, so its size bounds the memory.
 */
final class Page {
    /** Parts that begin with a letter or number: no dots that climb, nothing hidden. */
    private static final Pattern NAME =
            Pattern.compile("(?:[A-Za-z0-9_@][A-Za-z0-9._@-]*/){0,8}[A-Za-z0-9_@][A-Za-z0-9._@-]*\\.([a-z0-9]+)");

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html;charset=utf-8"),
            Map.entry("css", "text/css;charset=utf-8"),
            Map.entry("js", "text/javascript;charset=utf-8"),
            Map.entry("mjs", "text/javascript;charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("geojson", "application/geo+json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("txt", "text/plain;charset=utf-8"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("webp", "image/webp"),
            Map.entry("woff2", "font/woff2"));

    private final ClassLoader loader;
    private final String folder;
    private final Map<String, PageFile> loaded = new ConcurrentHashMap<>();

    /** The files in that folder of a class path. */
    Page(ClassLoader loader, String folder) {
        this.loader = loader;
        this.folder = folder;
    }

    /**
     * Answers with a file.
     *
     * @param path below the folder; empty is {@code index.html}
     * @throws Problem 404
     */
    Answer answer(String path, @Nullable String known, @Nullable String encodings) {
        PageFile file = find(path.isEmpty() ? "index.html" : path);
        byte[] packed = file.packed;
        boolean pack = packed != null && encodings != null && encodings.matches(".*\\bgzip\\b(?!;q=0).*");
        String tag = "\"" + file.digest + (pack ? "-gzip" : "") + "\"";
        Map<String, String> headers =
                new HashMap<>(Map.of("ETag", tag, "Cache-Control", "no-cache", "Vary", "Accept-Encoding"));
        if (known != null && known.contains(tag)) {
            return new Answer(304, file.type, headers, out -> {});
        }
        byte[] bytes = pack && packed != null ? packed : file.plain;
        headers.put("Content-Length", String.valueOf(bytes.length));
        if (pack) {
            headers.put("Content-Encoding", "gzip");
        }
        return new Answer(200, file.type, headers, out -> out.write(bytes));
    }

    private PageFile find(String path) {
        PageFile here = loaded.get(path);
        if (here != null) {
            return here;
        }
        var name = NAME.matcher(path);
        String type = name.matches() ? TYPES.get(name.group(1)) : null;
        if (type == null || path.length() > 200) {
            throw Target.nowhere();
        }
        try (InputStream in = loader.getResourceAsStream(folder + path)) {
            if (in == null) {
                throw Target.nowhere();
            }
            PageFile file = new PageFile(type, in.readAllBytes());
            loaded.put(path, file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("the page's " + path + " cannot be read", e);
        }
    }
}
