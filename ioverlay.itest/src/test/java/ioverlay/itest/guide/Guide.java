package ioverlay.itest.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A document whose fenced blocks are to be done, in order. */
public final class Guide {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w[\\w ]*)\\n(.*?)^```$");

    private Guide() {}

    /**
     * One fenced block.
     *
     * @param kind what stands behind the fence
     * @param text what is in it, with its last line end
     * @param line where it begins
     */
    public record Block(String kind, String text, int line) {
        @Override
        public String toString() {
            return "the block " + kind + " in line " + line;
        }
    }

    /** The blocks of a document. */
    public static List<Block> read(Path document) throws IOException {
        return blocks(Files.readString(document));
    }

    static List<Block> blocks(String text) {
        List<Block> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            int line = (int) text.substring(0, block.start()).lines().count() + 1;
            blocks.add(new Block(block.group(1), block.group(2), line));
        }
        return blocks;
    }
}
