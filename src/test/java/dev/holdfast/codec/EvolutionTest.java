package dev.holdfast.codec;

import static dev.holdfast.codec.CompiledApplication.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one version of an application has written, another reads: as far as it makes sense, and says so where not. */
@SuppressWarnings("NullAway") // a null that should not be there fails the test as well
class EvolutionTest {
    private final List<SessionCodec> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(SessionCodec::close);
    }

    private SessionCodec codec(ClassLoader application) {
        SessionCodec codec = Codecs.forClassesOf(application);
        open.add(codec);
        return codec;
    }

    /** What the new version makes of an instance of the old one's class. */
    private Object migrate(CompiledApplication from, String name, CompiledApplication to) {
        return Codecs.decode(codec(to), Codecs.encode(codec(from), from.make(name)));
    }

    private static CompiledApplication app(String... sources) {
        return new CompiledApplication(sources);
    }

    @Test
    void anAddedFieldKeepsTheDefaultOfItsType() {
        Object decoded = migrate(
                app("class A implements Serializable { String kept = \"k\"; }"),
                "A",
                app("class A implements Serializable { int added = 5; String before = \"b\"; String kept; }"));

        assertThat(get(decoded, "kept")).isEqualTo("k");
        assertThat(get(decoded, "added")).isEqualTo(0);
        assertThat(get(decoded, "before")).isNull();
    }

    @Test
    void aRemovedFieldIsPassedOver() {
        Object decoded = migrate(
                app("class A implements Serializable { long a = 1; String gone = \"g\"; Object[] z = {gone, 1}; }"),
                "A",
                app("class A implements Serializable { long a; Object[] z; }"));

        assertThat(get(decoded, "a")).isEqualTo(1L);
        assertThat((Object[]) get(decoded, "z")).containsExactly("g", 1);
    }

    @Test
    void aRemovedFieldMayBeOfARemovedClass() {
        String gone = "class Gone implements Serializable { int n = 3; Object back; Map m = new HashMap(); }";
        Object decoded = migrate(
                app(
                        gone,
                        "class A implements Serializable { List before = new ArrayList(List.of(1)); Object gone = make();"
                                + " List after = new ArrayList(List.of(2)); String end = \"end\";"
                                + " Object make() { Gone g = new Gone(); g.back = this; g.m.put(new Gone(), before);"
                                + " g.m.put(\"k\", new TreeMap(Map.of(\"x\", new Gone[] {new Gone()}))); return g; } }"),
                "A",
                app("class A implements Serializable { List before; List after; String end; }"));

        assertThat(get(decoded, "before")).isEqualTo(List.of(1));
        assertThat(get(decoded, "after")).isEqualTo(List.of(2));
        assertThat(get(decoded, "end")).isEqualTo("end");
    }

    @Test
    void whatWasFirstMetInARemovedFieldIsStillFound() {
        String node = "class Node implements Serializable { Object other; }";
        Object decoded = migrate(
                app(
                        node,
                        "class Gone implements Serializable { Object a; Object b; }",
                        "class A implements Serializable { Object gone; Object live; Object later; A() { Node n = new Node();"
                                + " Gone g = new Gone(); g.a = n; g.b = \"text\"; n.other = new Node(); gone = g; live = n;"
                                + " later = new Object[] {n, g.b, n.other}; } }"),
                "A",
                app(node, "class A implements Serializable { Object live; Object later; }"));

        Object live = get(decoded, "live");
        assertThat(live).isNotNull();
        Object[] later = (Object[]) get(decoded, "later");
        assertThat(later[0]).isSameAs(live);
        assertThat(later[1]).isEqualTo("text");
        assertThat(later[2]).isSameAs(get(later[0], "other"));
    }

    @Test
    void whatWasFirstMetInARemovedFieldMayHaveHooks() {
        String hooked = "class H implements Serializable { transient int n = 4; Object part = new ArrayList();"
                + " private void writeObject(ObjectOutputStream o) throws IOException { o.defaultWriteObject(); o.writeInt(n); }"
                + " private void readObject(ObjectInputStream i) throws Exception { i.defaultReadObject(); n = i.readInt(); } }";
        Object decoded = migrate(
                app(
                        hooked,
                        "class Gone implements Serializable { Object a; }",
                        "class A implements Serializable { Object gone; Object live; A() { H h = new H(); Gone g = new Gone();"
                                + " g.a = h; gone = g; live = new Object[] {h, h.part, new H()}; } }"),
                "A",
                app(hooked, "class A implements Serializable { Object live; }"));

        Object[] live = (Object[]) get(decoded, "live");
        assertThat(get(live[0], "n")).isEqualTo(4);
        assertThat(get(live[0], "part")).isSameAs(live[1]);
        assertThat(get(live[2], "n")).isEqualTo(4);
    }

    @Test
    void aClassThatIsGoneIsNamed() {
        assertThatThrownBy(() -> migrate(
                        app(
                                "class Gone implements Serializable { }",
                                "class A implements Serializable { List l = new ArrayList(List.of(new Gone())); }"),
                        "A",
                        app("class A implements Serializable { List l; }")))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("app.Gone")
                .hasMessageContaining("missing");
    }

    @Test
    void aRetypedFieldIsNamed() {
        assertThatThrownBy(() -> migrate(
                        app("class A implements Serializable { Object f = \"secret 4711\"; }"),
                        "A",
                        app("class A implements Serializable { Date f; }")))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("app.A")
                .hasMessageContaining("f is now of type java.util.Date")
                .hasMessageNotContaining("4711");
    }

    @Test
    void aNumberMayBecomeWiderButNotNarrower() {
        CompiledApplication ints = app("class A implements Serializable { int f = 7; Integer g = 8; }");
        CompiledApplication longs = app("class A implements Serializable { long f; int g; }");

        Object decoded = migrate(ints, "A", longs);

        assertThat(get(decoded, "f")).isEqualTo(7L);
        assertThat(get(decoded, "g")).isEqualTo(8);
        assertThatThrownBy(() -> migrate(
                        app("class A implements Serializable { long f = 4711; }"),
                        "A",
                        app("class A implements Serializable { int f; }")))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("app.A")
                .hasMessageNotContaining("4711");
        assertThatThrownBy(() -> migrate(
                        app("class A implements Serializable { Integer f; }"),
                        "A",
                        app("class A implements Serializable { int f; }")))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("app.A");
    }

    @Test
    void fieldsMayMoveWithinTheClassButAreKeptApartByIt() {
        Object decoded = migrate(
                app(
                        "class P implements Serializable { private int n = 1; }",
                        "class A extends P { private int n = 2; String s = \"s\"; }"),
                "A",
                app(
                        "class P implements Serializable { String late; private int n; }",
                        "class A extends P { String s; private int n; }"));

        assertThat(get(decoded, "n")).isEqualTo(2);
        assertThat(get(decoded, "s")).isEqualTo("s");
    }

    @Test
    void aSuperclassMayComeAndGo() {
        CompiledApplication with = app(
                "class P implements Serializable { int inherited = 1; }",
                "class A extends P implements Serializable { int own = 2; }");
        CompiledApplication without = app("class A implements Serializable { int own = 3; }");

        assertThat(get(migrate(with, "A", without), "own")).isEqualTo(2);
        Object decoded = migrate(without, "A", with);
        assertThat(get(decoded, "own")).isEqualTo(3);
        assertThat(get(decoded, "inherited")).isEqualTo(0);
    }

    @Test
    void aDifferentSerialVersionDoesNotMatterToAPlainClass() {
        Object decoded = migrate(
                app("class A implements Serializable { static final long serialVersionUID = 1; int n = 1; }"),
                "A",
                app(
                        "class A implements Serializable { static final long serialVersionUID = 2; int n; void more() {} }"));

        assertThat(get(decoded, "n")).isEqualTo(1);
    }

    @Test
    void anEnumConstantIsFoundByItsNameAndAMissingOneIsToldOf() {
        String holder = "class A implements Serializable { E e = E.B; }";
        Object decoded = migrate(app("enum E { A, B }", holder), "A", app("enum E { X, B, A }", holder));

        assertThat(String.valueOf(get(decoded, "e"))).isEqualTo("B");
        assertThatThrownBy(() -> migrate(
                        app("enum E { A, B }", holder), "A", app("enum E { A, C; static final E B = C; }", holder)))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("app.E");
    }

    @Test
    void aRecordIsReadByTheNamesOfItsComponents() {
        String holder = "class A implements Serializable { Object r = new R(1, \"s\"); }";
        Object decoded = migrate(
                app("record R(int a, String b) implements Serializable { }", holder),
                "A",
                app(
                        "record R(String b, long c, long a) implements Serializable { }",
                        "class A implements Serializable { Object r; }"));

        Object record = get(decoded, "r");
        assertThat(record).hasToString("R[b=s, c=0, a=1]");
    }

    @Test
    void aRecordThatDoesNotAcceptTheValueIsToldOfWithoutTheValue() {
        assertThatThrownBy(() -> migrate(
                        app(
                                "record R(int a) implements Serializable { }",
                                "class A implements Serializable { Object r = new R(4711); }"),
                        "A",
                        app(
                                "record R(int a) implements Serializable { R { throw new IllegalStateException(\"\" + a); } }",
                                "class A implements Serializable { Object r; }")))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("app.R")
                .hasMessageContaining("IllegalStateException")
                .satisfies(e -> assertThat(stackTraceOf(e)).doesNotContain("4711"));
    }

    @Test
    void aClassOfAnotherKindIsToldOf() {
        CompiledApplication plain = app("class A implements Serializable { int n = 1; }");
        for (String other : new String[] {
            "enum A { X }",
            "record A(int n) implements Serializable { }",
            "class A { int n; }",
            "class A implements Serializable { int n; private void readObject(ObjectInputStream i) { } }",
            "abstract class A implements Serializable { int n; }"
        }) {
            assertThatThrownBy(() -> migrate(plain, "A", app(other)))
                    .as(other)
                    .isInstanceOf(UndecodableException.class)
                    .hasMessageContaining("app.A");
        }
    }

    @Test
    void hooksThatFailAreToldOfWithoutTheirMessage() {
        assertThatThrownBy(() -> migrate(
                        app("class A implements Serializable { int n = 4711; Object readResolve() { return this; } }"),
                        "A",
                        app("class A implements Serializable { int n;"
                                + " Object readResolve() { throw new IllegalStateException(\"secret \" + n); } }")))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("app.A")
                .satisfies(e -> assertThat(stackTraceOf(e)).doesNotContain("4711"));
    }

    @Test
    void errorsOfTheApplicationAreToldOfToo() {
        String error = "{ throw new AssertionError(\"secret 4711\"); }";
        String writeObject = " Object part = new Object[] {this};"
                + " private void writeObject(ObjectOutputStream o) throws IOException { o.defaultWriteObject(); }";
        String readObject = " private void readObject(ObjectInputStream i) ";
        String key = "class K implements Serializable { public int hashCode() ";
        String holder = "class A implements Serializable { Object m = new HashMap(Map.of(new K(), 1)); }";
        String[][] versions = {
            {"class A implements Serializable { Object readResolve() ", "{ return this; }", " }", ""},
            {"class A implements Serializable { " + readObject, "{ }", writeObject.replace("this", "1") + " }", ""},
            {"class A implements Serializable { " + readObject, "{ }", writeObject + " }", ""},
            {key, "{ return 1; }", " }", holder},
        };
        for (String[] each : versions) {
            CompiledApplication before = app(each[0] + each[1] + each[2], each[3]);
            CompiledApplication after = app(each[0] + error + each[2], each[3]);
            assertThatThrownBy(() -> migrate(before, "A", after))
                    .as(each[0] + each[2])
                    .isInstanceOf(UndecodableException.class)
                    .hasMessageContaining("AssertionError")
                    .satisfies(e -> assertThat(stackTraceOf(e)).doesNotContain("4711"));
        }
    }

    @Test
    void oneUndecodableFragmentLeavesTheCodecUsable() {
        CompiledApplication old = app("class A implements Serializable { }");
        SessionCodec codec = codec(app("class B implements Serializable { }"));
        Fragment gone = Codecs.encode(codec(old), old.make("A"));
        Fragment good = Codecs.encode(codec, Map.of("a", 1));

        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> codec.decode(gone)).isInstanceOf(UndecodableException.class);
            assertThat(Codecs.decode(codec, good)).isEqualTo(Map.of("a", 1));
        }
    }

    private static String stackTraceOf(Throwable thrown) {
        java.io.StringWriter text = new java.io.StringWriter();
        thrown.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }
}
