package ioverlay.bench.emulation;

import com.google.gson.JsonObject;

/** One thing that was measured, and whether what is promised of it holds. */
interface Row {
    /** Whether the bound is kept. */
    boolean holds();

    /** For a person; {@link Table} has the heads. */
    String[] cells();

    /** For a program. */
    JsonObject toJson();
}
