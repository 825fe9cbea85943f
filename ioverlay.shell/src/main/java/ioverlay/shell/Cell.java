package ioverlay.shell;

/**
 * What stands in one field of a table.
 *
 * @param text one line; what a terminal could take for a command is replaced
 * @param tone how it is said
 */
record Cell(String text, Tone tone) {
    private static final int SPACE = ' ';

    /** Makes the text harmless: names and sentences come from algorithms too. */
    Cell {
        text = harmless(text);
    }

    static Cell of(Object value) {
        return new Cell(String.valueOf(value), Tone.PLAIN);
    }

    /** The text as one line without control characters. */
    static String harmless(String text) {
        return text.codePoints()
                .map(sign -> isHarmful(sign) ? SPACE : sign)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isHarmful(int sign) {
        int type = Character.getType(sign);
        return Character.isISOControl(sign)
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    int width() {
        return text.codePointCount(0, text.length());
    }

    /** The text in exactly so many columns, with an ellipsis where something is left out. */
    String in(int columns, boolean right, Look look) {
        String whole = width() <= columns ? text : cut(columns, look);
        String fill = " ".repeat(Math.max(0, columns - whole.codePointCount(0, whole.length())));
        String toned = tone.of(whole, look);
        return right ? fill + toned : toned + fill;
    }

    private String cut(int columns, Look look) {
        String end = look.sign("…", "..");
        int kept = Math.max(0, columns - end.length());
        return text.substring(0, text.offsetByCodePoints(0, Math.min(kept, width())))
                + end.substring(0, Math.min(end.length(), columns));
    }
}
