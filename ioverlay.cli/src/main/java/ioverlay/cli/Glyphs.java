package ioverlay.cli;

import java.nio.charset.Charset;

/**
 * The signs that a terminal can show: fine ones, or plain ones where its character set has no others.
 *
 * @param full a filled part of the bar
 * @param empty an empty part of it
 * @param rule a horizontal line
 * @param yes a tick
 * @param no a cross
 * @param arrow from here to there
 * @param next a node with the next version
 * @param first a node with the first version
 */
record Glyphs(String full, String empty, String rule, String yes, String no, String arrow, String next, String first) {
    private static final Glyphs FINE = new Glyphs("█", "░", "─", "✓", "✗", "→", "●", "○");
    private static final Glyphs PLAIN = new Glyphs("#", ".", "-", "yes", "NO", "->", "x", "o");

    /** What this character set has. */
    static Glyphs of(Charset charset) {
        boolean fine = charset.canEncode()
                && charset.newEncoder().canEncode(FINE.full + FINE.empty + FINE.rule + FINE.yes + FINE.no + FINE.arrow);
        return fine ? FINE : PLAIN;
    }
}
