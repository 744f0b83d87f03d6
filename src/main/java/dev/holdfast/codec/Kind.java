package dev.holdfast.codec;

/** How instances of a class are written; the number stands in the {@linkplain Definition definition}. */
enum Kind {
    /** A class of the JDK's that {@link JdkTypes} lists. */
    LISTED(1),
    ENUM(2),
    ARRAY(3),
    /** Field by field. */
    FIELDS(4),
    RECORD(5),
    /** Through the class's own Java serialization. The name is empty where the class has none that another node could know. */
    HOOKS(6);

    private static final Kind[] KINDS = values();

    private final int number;

    Kind(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static Kind of(int number) {
        for (Kind kind : KINDS) {
            if (kind.number == number) {
                return kind;
            }
        }
        throw new UndecodableException("a class is written in a way this version of Holdfast does not know", null);
    }

    boolean hasFields() {
        return this == FIELDS || this == RECORD;
    }
}
