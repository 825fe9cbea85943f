package ioverlay.observer.web;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request is for, as it was written on its first line: taken apart here and nowhere else, so that nobody else's
 * idea of a path (parameters after a semicolon, dots that climb, encoded slashes) comes into it.
 *
 * @param segments of the path, decoded, without empty ones; none is {@code .} or {@code ..} or has a slash in it
 * @param query parameters, each once
 */
record Target(List<String> segments, Map<String, String> query) {
    /** Longest path and longest query, in characters as they came. */
    static final int LONGEST = 4096;

    /** Most parameters of a query. */
    static final int MOST_PARAMETERS = 32;

    /**
     * Takes it apart.
     *
     * @throws Problem 404 for a path that nothing can have, 400 for a broken query
     */
    static Target of(String path, @Nullable String query) {
        if (path.length() > LONGEST || (query != null && query.length() > LONGEST)) {
            throw new Problem(400, "path and query have at most " + LONGEST + " characters each");
        }
        if (!path.startsWith("/") || path.contains("//") || path.contains(";") || path.contains("\\")) {
            throw nowhere();
        }
        List<String> segments = new ArrayList<>();
        String[] parts = path.substring(1).split("/", -1);
        for (String part : parts) {
            String segment = decoded(part.replace("+", "%2B"));
            if (segment == null
                    || segment.equals(".")
                    || segment.equals("..")
                    || segment.chars().anyMatch(c -> c < ' ' || c == 127 || c == '/' || c == '\\')) {
                throw nowhere();
            }
            segments.add(segment);
        }
        return new Target(List.copyOf(segments), parameters(query));
    }

    private static Map<String, String> parameters(@Nullable String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (query == null || query.isEmpty()) {
            return parameters;
        }
        for (String pair : query.split("&", MOST_PARAMETERS + 1)) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            String value = decoded(equals < 0 ? "" : pair.substring(equals + 1));
            if (name == null || value == null) {
                throw new Problem(400, "what is encoded in a query must be UTF-8: '" + pair + "' is not");
            }
            if (parameters.put(name, value) != null) {
                throw new Problem(400, "a parameter is said once: '" + name + "' is there twice");
            }
        }
        if (parameters.size() > MOST_PARAMETERS) {
            throw new Problem(400, "a query has at most " + MOST_PARAMETERS + " parameters");
        }
        return parameters;
    }

    /** Without percent signs; null if that gives no text. */
    private static @Nullable String decoded(String text) {
        try {
            // Bytes first: the JDK's decoder puts a replacement where UTF-8 is broken.
            byte[] bytes = URLDecoder.decode(text, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException | IllegalArgumentException e) {
            return null;
        }
    }

    static Problem nowhere() {
        return new Problem(404, "there is nothing at this path");
    }
}
