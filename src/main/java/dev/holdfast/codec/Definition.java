package dev.holdfast.codec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a graph, once, about a class: enough to pass over its instances without loading it.
 *
 * <pre>
 *   length       varint, of the rest
 *   kind         byte
 *   name         text, as of Class.getName(); empty for a class without a name of use elsewhere
 *   levels       varint; for FIELDS and RECORD only, with what follows. The superclass comes first.
 *     name       text
 *     fields     varint
 *       code     byte, the letter of a primitive type in a field descriptor, or L
 *       name     text
 * </pre>
 */
final class Definition {
    /** One class of a chain of superclasses. */
    record Level(String className, List<Slot> slots) {}

    /** A field or component; the letter is that of a primitive type in a field descriptor, or L. */
    record Slot(char code, String name) {}

    private final Kind kind;
    private final String className;
    private final List<Level> levels;
    private final char[] codes;
    private volatile @Nullable Plan plan;

    Definition(Kind kind, String className, List<Level> levels) {
        this.kind = kind;
        this.className = className;
        this.levels = levels;
        StringBuilder all = new StringBuilder();
        levels.forEach(level -> level.slots().forEach(slot -> all.append(slot.code())));
        this.codes = all.toString().toCharArray();
    }

    /** The input stands behind the length. */
    static Definition parse(GraphInput in) {
        Kind kind = Kind.of(in.readByte());
        String className = in.text();
        List<Level> levels = new ArrayList<>();
        if (kind.hasFields()) {
            int count = in.readVarInt(true);
            for (int i = 0; i < count; i++) {
                levels.add(parseLevel(in));
            }
        }
        return new Definition(kind, className, levels);
    }

    private static Level parseLevel(GraphInput in) {
        String className = in.text();
        List<Slot> slots = new ArrayList<>();
        int count = in.readVarInt(true);
        for (int i = 0; i < count; i++) {
            char code = (char) in.readByte();
            if ("ZBCSIJFDL".indexOf(code) < 0) {
                throw new UndecodableException("the description of class " + className + " is not well formed", null);
            }
            slots.add(new Slot(code, in.text()));
        }
        return new Level(className, slots);
    }

    byte[] toBytes() {
        GraphOutput body = new GraphOutput(Integer.MAX_VALUE - 8);
        body.writeByte(kind.number());
        body.text(className);
        if (kind.hasFields()) {
            body.writeVarInt(levels.size(), true);
            for (Level level : levels) {
                body.text(level.className());
                body.writeVarInt(level.slots().size(), true);
                for (Slot slot : level.slots()) {
                    body.writeByte(slot.code());
                    body.text(slot.name());
                }
            }
        }
        GraphOutput all = new GraphOutput(Integer.MAX_VALUE - 8);
        all.writeVarInt(body.position(), true);
        all.writeBytes(body.getBuffer(), 0, body.position());
        return all.toBytes();
    }

    Kind kind() {
        return kind;
    }

    String className() {
        return className;
    }

    List<Level> levels() {
        return levels;
    }

    /** How its instances are read here. Found out once, unless it fails. */
    Plan plan(CodecContext context) {
        Plan known = plan;
        if (known == null) {
            known = ReadingPlans.of(this, context);
            plan = known;
        }
        return known;
    }

    boolean isTracked() {
        return kind != Kind.LISTED || listed().tracked();
    }

    /** Passes over what a serializer wrote of one instance. */
    void skip(Graph graph, GraphInput in) {
        switch (kind) {
            case LISTED -> listed().serializer().skip(graph, in);
            case ENUM -> in.skipText();
            case ARRAY -> graph.skipValues(in, in.count(1));
            case FIELDS, RECORD -> {
                for (char code : codes) {
                    FieldCode.skip(code, graph, in);
                }
            }
            case HOOKS -> Sections.skip(graph, in);
        }
    }

    private JdkType listed() {
        return JdkTypes.named(className);
    }
}
