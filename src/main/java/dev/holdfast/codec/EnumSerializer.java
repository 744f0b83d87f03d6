package dev.holdfast.codec;

/** An enum constant by its name. */
final class EnumSerializer extends GraphSerializer<Enum<?>> {
    private final Class<?> type;

    /** @param type the enum, not the class of a constant with a body */
    EnumSerializer(Class<?> type) {
        this.type = type;
    }

    @Override
    void write(Graph graph, GraphOutput out, Enum<?> value) {
        out.text(value.name());
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    Enum<?> read(Graph graph, GraphInput in) {
        String name = in.text();
        try {
            return Enum.valueOf((Class) type, name);
        } catch (IllegalArgumentException e) {
            throw new UndecodableException(
                    "enum " + type.getName() + " has changed: it no longer has the constant that was stored", null);
        }
    }

    @Override
    void skip(Graph graph, GraphInput in) {
        in.skipText();
    }
}
