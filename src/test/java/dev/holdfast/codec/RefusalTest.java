package dev.holdfast.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.codec.legacy.Cart;
import dev.holdfast.codec.legacy.Shapes;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What cannot be encoded is named by the path to it, and harms nothing else. */
class RefusalTest {
    private static final String CONNECTION = "class " + Shapes.Connection.class.getName();
    private final SessionCodec codec = Codecs.forTests();

    @AfterEach
    void close() {
        codec.close();
    }

    private String path(Object value) {
        Encoding.Refusal refusal = Codecs.refusal(codec, "cart", value);
        assertThat(refusal.name()).isEqualTo("cart");
        assertThat(refusal.reason()).contains(CONNECTION).contains("java.io.Serializable");
        return refusal.path();
    }

    private static Shapes.Holder holder() {
        Shapes.Holder holder = new Shapes.Holder();
        holder.dao = new Shapes.Dao();
        return holder;
    }

    @Test
    void theCulpritIsNamedByFields() {
        assertThat(path(holder())).isEqualTo("cart.dao.connection");
        assertThat(path(new Shapes.Connection())).isEqualTo("cart");
    }

    @Test
    void theCulpritIsNamedByItsPlaceInACollection() {
        List<Object> list = new ArrayList<>(List.of("a", new Object[] {1, 2, new Shapes.Connection()}));
        assertThat(path(list)).isEqualTo("cart[1][2]");
        assertThat(path(Collections.unmodifiableList(list))).isEqualTo("cart[1][2]");
        assertThat(path(new AtomicReference<>(new Shapes.Connection()))).isEqualTo("cart[0]");
        assertThat(path(List.of(new Shapes.Connection()))).isEqualTo("cart[0]");
    }

    @Test
    void theCulpritInAMapIsNamedWithoutTheKey() {
        Map<Object, Object> map = new HashMap<>();
        map.put("secret", holder());
        assertThat(path(map)).isEqualTo("cart[value 0].dao.connection");
        assertThat(path(Map.of(new Shapes.Connection(), 1))).isEqualTo("cart[0]");
        assertThat(path(new HashMap<>(Map.of(new Shapes.Connection(), 1)))).isEqualTo("cart[key 0]");
    }

    @Test
    void theCulpritBehindHooksIsNamedByItsField() {
        Shapes.Hooked hooked = new Shapes.Hooked("h", 1);
        hooked.part = holder();
        assertThat(path(hooked)).isEqualTo("cart.part.dao.connection");
        Shapes.OwnList list = new Shapes.OwnList();
        list.add(new Shapes.Connection());
        assertThat(path(list)).startsWith("cart[");
    }

    @Test
    void theCulpritMayBeAComparatorOrACapturedObject() {
        TreeSet<String> set = new TreeSet<>((left, right) -> left.compareTo(right));
        Encoding.Refusal refusal = Codecs.refusal(codec, "cart", set);
        assertThat(refusal.path()).isEqualTo("cart.comparator");
        Object connection = new Shapes.Connection();
        Serializable lambda =
                (Serializable & Runnable) () -> assertThat(connection).isNotNull();
        assertThat(path(lambda)).isEqualTo("cart[0][0]");
    }

    @Test
    void aRecordComponentIsNamed() {
        assertThat(path(new Shapes.Point(1, 1, "x", List.of(new Shapes.Connection()))))
                .isEqualTo("cart.parts[0]");
    }

    @Test
    void aVeryLongPathLosesItsMiddle() {
        Shapes.Node first = new Shapes.Node("first");
        Shapes.Node last = first;
        for (int i = 0; i < 10_000; i++) {
            last.next = new Shapes.Node("n");
            last = last.next;
        }
        last.other = new Shapes.Connection();

        assertThat(path(first))
                .startsWith("cart.next.next")
                .contains("...")
                .endsWith(".next.other")
                .hasSizeLessThan(300);
    }

    @Test
    void othersAreNotHarmed() {
        Encoding encoding = codec.encode(Codecs.entries(
                "a", new Cart(1), "bad", holder(), "b", "text", "worse", new Shapes.Connection(), "c", List.of(1)));

        assertThat(encoding.fragments()).flatExtracting(Fragment::names).containsExactly("a", "b", "c");
        assertThat(encoding.refusals()).extracting(Encoding.Refusal::name).containsExactly("bad", "worse");
        encoding.fragments().forEach(codec::decode);
    }

    /** An encoder is used again: what it refused leaves nothing behind, of whatever kind the refusal was. */
    @Test
    void theNextCallIsNotHarmed() {
        List<Object> common = new ArrayList<>(List.of("common"));
        Map<String, Object> entries = Codecs.entries("a", List.of(common, 1), "b", List.of(common, 2), "c", "text");
        Map<String, Object> refused = Codecs.entries(
                "a",
                List.of(common, holder()),
                "b",
                common,
                "throws",
                new Throwing(),
                "cycle",
                cycleWith(new Shapes.Connection()));

        List<Fragment> before = codec.encode(entries).fragments();
        for (int i = 0; i < 2; i++) {
            assertThat(codec.encode(refused).refusals()).hasSize(3);
            assertThat(codec.encode(entries)).isEqualTo(new Encoding(before, List.of()));
        }
    }

    private static Shapes.Hooked cycleWith(Object other) {
        Shapes.Hooked hooked = new Shapes.Hooked("h", 1);
        hooked.part = new Object[] {hooked, other};
        return hooked;
    }

    public static class NoConstructor {
        protected NoConstructor(int ignored) {}
    }

    public static class Unmakable extends NoConstructor implements Serializable {
        public Unmakable() {
            super(1);
        }
    }

    static class HiddenExternal implements Externalizable {
        HiddenExternal() {}

        @Override
        public void writeExternal(ObjectOutput out) {}

        @Override
        public void readExternal(ObjectInput in) {}
    }

    public static class Throwing implements Serializable {
        private void writeObject(ObjectOutputStream out) throws IOException {
            throw new IOException("secret 4711");
        }
    }

    public static class ThrowingUnchecked implements Serializable {
        private void writeObject(ObjectOutputStream out) {
            throw new IllegalStateException("secret 4711");
        }
    }

    public static class ThrowingError implements Serializable {
        private void writeObject(ObjectOutputStream out) {
            throw new AssertionError("secret 4711");
        }
    }

    @Test
    void whatCouldNeverBeMadeAgainIsRefused() {
        assertThat(Codecs.refusal(codec, "a", new Unmakable()).reason()).contains("Unmakable");
        assertThat(Codecs.refusal(codec, "a", new HiddenExternal()).reason()).contains("HiddenExternal");
    }

    @Test
    void hooksThatThrowAreToldOfWithoutTheirMessage() {
        for (Object throwing : new Object[] {new Throwing(), new ThrowingUnchecked(), new ThrowingError()}) {
            Encoding.Refusal refusal = Codecs.refusal(codec, "a", new Object[] {throwing});
            assertThat(refusal.path()).isEqualTo("a[0]");
            assertThat(refusal.reason())
                    .contains(throwing.getClass().getName())
                    .containsAnyOf("Exception", "AssertionError")
                    .doesNotContain("4711");
            assertThat(Codecs.refusal(codec, "a", cycleWith(throwing)).reason())
                    .as("by Java serialization")
                    .containsAnyOf("Exception", "AssertionError")
                    .doesNotContain("4711");
        }
    }

    @Test
    void aCycleThatNoSerializationRestoresIsRefused() {
        List<Object> parts = new ArrayList<>();
        parts.add(new Shapes.Point(1, 1, "p", parts));
        assertThat(codec.encode(Map.of("a", parts)).refusals()).isEmpty();

        Shapes.Point point = new Shapes.Point(1, 1, "p", new ArrayList<>());
        point.parts().add(point);
        Encoding.Refusal refusal = Codecs.refusal(codec, "a", point);
        assertThat(refusal.path()).isEqualTo("a.parts[0]");
        assertThat(refusal.reason()).contains("Point").contains("its own contents");

        List<Object> inner = new ArrayList<>();
        List<Object> immutable = List.of(inner);
        inner.add(immutable);
        assertThat(Codecs.refusal(codec, "a", immutable).path()).isEqualTo("a[0][0]");
    }

    @Test
    void whatJavaRefusesInsideACycleOfHooksIsRefused() {
        assertThat(Codecs.refusal(codec, "a", cycleWith(new Shapes.Connection()))
                        .reason())
                .contains(CONNECTION);
    }

    @Test
    void runtimeClassesAreRefused() {
        Object lambda = Shapes.lambda("x");
        assertThat(Codecs.refusal(codec, "a", lambda.getClass()).reason()).contains("run time");
    }
}
