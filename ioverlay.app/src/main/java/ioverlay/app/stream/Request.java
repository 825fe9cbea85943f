package ioverlay.app.stream;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The head of an HTTP/1.x request (RFC 9112), and what becomes of it.
 *
 * @param status of the answer
 * @param sentence why it is not the stream; empty if it is
 * @param wantsBody whether what follows the head is wanted
 * @param isChunked whether the stream goes in chunks, so that its end can be told from a broken connection
 */
record Request(String status, String sentence, boolean wantsBody, boolean isChunked) {
    /** Where the stream is. */
    static final String PATH = "/stream.ts";

    /** The longest head that is read. */
    static final int MOST_BYTES = 8192;

    private static final Pattern LINE = Pattern.compile("([A-Z]{1,16}) (\\S+) HTTP/1\\.([01])");
    private static final Pattern HOST =
            Pattern.compile("(localhost|127(\\.\\d{1,3}){3})(:\\d{1,5})?", Pattern.CASE_INSENSITIVE);

    /** The absolute form of a target: its authority counts, and not Host (RFC 9112, 3.2.2). */
    private static final Pattern ABSOLUTE = Pattern.compile("(?i:http)://([^/?#]*)(.*)");

    boolean isStream() {
        return sentence.isEmpty();
    }

    /** Reads a head, without the empty line at its end. */
    static Request read(String head) {
        List<String> lines = head.lines().toList();
        var line = LINE.matcher(lines.isEmpty() ? "" : lines.getFirst());
        if (!line.matches()) {
            return refused("400 Bad Request", "a request begins with a line like: GET " + PATH + " HTTP/1.1");
        }
        List<String> hosts = lines.stream()
                .skip(1)
                .filter(each -> each.regionMatches(true, 0, "host:", 0, 5))
                .map(each -> each.substring(5).strip())
                .toList();
        boolean isNewer = line.group(3).equals("1");
        if (hosts.size() > 1 || (hosts.isEmpty() && isNewer)) {
            return refused("400 Bad Request", "a request has one line Host, not " + hosts.size());
        }
        var absolute = ABSOLUTE.matcher(line.group(2));
        boolean isAbsolute = absolute.matches();
        Optional<String> host =
                isAbsolute ? Optional.of(absolute.group(1)) : hosts.stream().findFirst();
        if (host.isPresent() && !HOST.matcher(host.get()).matches()) {
            return refused("403 Forbidden", "the stream is for this machine: Host is a loopback address or localhost");
        }
        return answer(line.group(1), isAbsolute ? absolute.group(2) : line.group(2), isNewer);
    }

    private static Request answer(String method, String target, boolean isNewer) {
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return refused("405 Method Not Allowed", "the stream is there to GET, not to " + method);
        }
        String path = target.replaceFirst("\\?.*", "");
        if (!path.equals(PATH) && !path.equals("/") && !path.isEmpty()) {
            return refused("404 Not Found", "there is only " + PATH + " here");
        }
        return new Request("200 OK", "", method.equals("GET"), isNewer);
    }

    static Request refused(String status, String sentence) {
        return new Request(status, sentence, true, false);
    }

    /** The head of the answer and, if it is not the stream, all of it. */
    byte[] answer() {
        String body = isStream() ? "" : sentence + ".\n";
        String head = "HTTP/1.1 " + status + "\r\n"
                + (status.startsWith("405") ? "Allow: GET, HEAD\r\n" : "")
                + (isStream() ? "Content-Type: video/mp2t\r\n" : "Content-Type: text/plain; charset=utf-8\r\n")
                + (isStream() ? "" : "Content-Length: " + body.length() + "\r\n")
                + (isChunked ? "Transfer-Encoding: chunked\r\n" : "")
                + "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.US_ASCII);
    }
}
