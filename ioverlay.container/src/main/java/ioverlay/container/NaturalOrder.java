package ioverlay.container;

import java.util.Comparator;

/** Names as people count: n2 comes before n10. Only equal names are equal. */
final class NaturalOrder implements Comparator<String> {
    @Override
    public int compare(String one, String other) {
        int here = 0;
        int there = 0;
        while (here < one.length() && there < other.length()) {
            int hereEnd = end(one, here);
            int thereEnd = end(other, there);
            String part = one.substring(here, hereEnd);
            String otherPart = other.substring(there, thereEnd);
            int compared = isDigit(part.charAt(0)) && isDigit(otherPart.charAt(0))
                    ? numbers(part, otherPart)
                    : part.compareTo(otherPart);
            if (compared != 0) {
                return compared;
            }
            here = hereEnd;
            there = thereEnd;
        }
        int longer = Integer.compare(one.length() - here, other.length() - there);
        return longer != 0 ? longer : one.compareTo(other); // n01 is not n1
    }

    /** A number as a whole, anything else one by one. */
    private static int end(String text, int from) {
        int end = from + 1;
        while (isDigit(text.charAt(from)) && end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int numbers(String one, String other) {
        String here = one.replaceFirst("^0+", "");
        String there = other.replaceFirst("^0+", "");
        int longer = Integer.compare(here.length(), there.length());
        return longer != 0 ? longer : here.compareTo(there);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
