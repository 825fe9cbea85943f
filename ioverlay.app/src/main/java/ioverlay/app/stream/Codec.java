package ioverlay.app.stream;

/** What an elementary stream is coded as, by its stream_type, as far as random access points are known by its bytes. */
enum Codec {
    MPEG2("MPEG-2 video"),
    MPEG4("MPEG-4 visual"),
    H264("H.264"),
    HEVC("H.265"),
    OTHER_VIDEO("video"),
    AUDIO("audio"),
    NONE("");

    private final String text;

    Codec(String text) {
        this.text = text;
    }

    /** For a person. */
    String text() {
        return text;
    }

    boolean isVideo() {
        return this != AUDIO && this != NONE;
    }

    /** By stream_type (ISO/IEC 13818-1, table 2-34). */
    static Codec of(int streamType) {
        return switch (streamType) {
            case 0x01, 0x02 -> MPEG2;
            case 0x10 -> MPEG4;
            case 0x1b -> H264;
            case 0x24 -> HEVC;
            case 0x20, 0x21, 0x33, 0x42, 0xea -> OTHER_VIDEO;
            case 0x03, 0x04, 0x0f, 0x11, 0x1c, 0x80, 0x81, 0x83, 0x84, 0x87 -> AUDIO;
            default -> NONE;
        };
    }

    /**
     * Whether the start code (00 00 01, then this byte) says that a decoder can begin with this picture: a sequence
     * header, an IDR picture or a parameter set that comes before one.
     */
    boolean isRandomAccess(int startCode) {
        return switch (this) {
            case MPEG2 -> startCode == 0xb3;
            case MPEG4 -> startCode == 0xb0;
            case H264 -> startCode >>> 7 == 0 && ((startCode & 0x1f) == 5 || (startCode & 0x1f) == 7);
            case HEVC -> {
                int unit = startCode >>> 1 & 0x3f;
                yield startCode >>> 7 == 0 && ((unit >= 16 && unit <= 21) || unit == 33);
            }
            case AUDIO -> true;
            case OTHER_VIDEO, NONE -> false;
        };
    }
}
