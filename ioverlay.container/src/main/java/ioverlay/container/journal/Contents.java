package ioverlay.container.journal;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What is in a journal's bytes. Each record stands by itself: those behind a damaged one are whole.
 *
 * @param records that are whole, in order
 * @param damaged how many lines are not, the last one left out
 * @param wholeBytes up to the end of the last line that is whole
 * @param tornBytes behind it: what was being written when the container ended
 */
record Contents(List<JsonObject> records, int damaged, int wholeBytes, int tornBytes) {
    static Contents of(byte[] bytes) {
        List<JsonObject> records = new ArrayList<>();
        int lines = 0;
        int linesToWhole = 0;
        int whole = 0;
        int start = 0;
        while (start < bytes.length) {
            int end = start;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            lines++;
            Optional<JsonObject> record =
                    end < bytes.length ? Line.read(Arrays.copyOfRange(bytes, start, end)) : Optional.empty();
            start = end + 1;
            if (record.isPresent()) {
                records.add(record.get());
                linesToWhole = lines;
                whole = start;
            }
        }
        return new Contents(List.copyOf(records), linesToWhole - records.size(), whole, bytes.length - whole);
    }
}
