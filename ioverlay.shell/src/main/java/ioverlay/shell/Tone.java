package ioverlay.shell;

/** What a colour says. */
enum Tone {
    /** Nothing in particular. */
    PLAIN(""),
    /** Heads. */
    STRONG("1"),
    /** Of less interest. */
    FAINT("2"),
    /** As wanted. */
    GOOD("32"),
    /** For now. */
    PASSING("33"),
    /** A person should look. */
    BAD("31");

    private final String code;

    Tone(String code) {
        this.code = code;
    }

    /** The text in this tone, or as it is where there are no colours. */
    String of(String text, Look look) {
        return !look.colour() || code.isEmpty() || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
