package ioverlay.cli;

import picocli.CommandLine.TypeConversionException;

/** Whole numbers of the command line. */
final class Whole {
    private Whole() {}

    /**
     * A number within its limits.
     *
     * @throws TypeConversionException with the rule and the value
     */
    static int number(String text, int least, int most) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new TypeConversionException(
                "a whole number from " + least + " to " + most + " is needed, not '" + text + "'");
    }
}
