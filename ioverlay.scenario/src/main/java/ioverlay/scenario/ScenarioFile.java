package ioverlay.scenario;

import ioverlay.api.container.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The text of a file, whatever it is. */
final class ScenarioFile {
    private static final int MOST_BYTES = 4 << 20;

    private ScenarioFile() {}

    /**
     * Its text.
     *
     * @throws RefusedException if it cannot be read, is too long or is no text in UTF-8
     */
    static String text(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new RefusedException(file + ": there is no such file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new RefusedException(
                        file + ": a scenario file has at most " + MOST_BYTES + " bytes, not " + Files.size(file));
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new RefusedException(file + ": a scenario file is text in UTF-8, and this is none", e);
        } catch (IOException e) {
            throw new RefusedException(
                    file + ": a scenario is a file that can be read, and this is none: "
                            + e.getClass().getSimpleName(),
                    e);
        }
    }
}
