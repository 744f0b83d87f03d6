package dev.holdfast.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nothing of a web application stays once its codec is closed. */
class ClassLoaderTest {
    private static final String[] SOURCES = {
        "class Plain implements Serializable { int n = 1; Object o = new Rec(List.of(E.X)); Object p = E.Y; }",
        "record Rec(List l) implements Serializable { }",
        "enum E { X, Y { } }",
        "class Hooked implements Serializable { Object o = new Plain(); Hooked self;"
                + " private void writeObject(ObjectOutputStream o) throws IOException { o.defaultWriteObject(); } }",
        "class Cycle extends ArrayList { Cycle() { add(new Object[] {this}); } }",
        "class Lambda implements Serializable { Object f = (Comparator & Serializable) (a, b) -> 0; }",
        "class Err extends RuntimeException { Object o = new Plain(); }",
        "class Deep implements Serializable { Deep next; Deep() { } static Deep of(int n) { Deep d = null;"
                + " while (n-- > 0) { Deep e = new Deep(); e.next = d; d = e; } return d; } }",
        "class Chain implements Serializable { Object o = Deep.of(5000); }",
        "class Bad implements Serializable { Object o = new Object() { }; Object q = new Thread(); }",
    };

    @Test
    void theLoaderIsCollectedAfterClose() {
        WeakReference<ClassLoader> loader = useAndClose();

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            System.gc();
            assertThat(loader.get()).isNull();
        });
    }

    private static WeakReference<ClassLoader> useAndClose() {
        CompiledApplication application = new CompiledApplication(SOURCES);
        SessionCodec codec = Codecs.forClassesOf(application);
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Map<String, Object> entries = new HashMap<>();
        for (String name : List.of("Plain", "Hooked", "Cycle", "Lambda", "Err", "Chain", "Bad")) {
            entries.put(name, application.make(name));
        }
        Encoding encoding = codec.encode(entries);
        assertThat(encoding.refusals()).extracting(Encoding.Refusal::name).containsExactly("Bad");
        encoding.fragments().forEach(codec::decode);
        codec.read(codec.write(new FragmentSet(encoding.fragments(), List.of())));
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
        codec.close();
        return new WeakReference<>(application);
    }
}
