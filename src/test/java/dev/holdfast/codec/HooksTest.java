package dev.holdfast.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.codec.legacy.Shapes;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a comparison of contents does not show: that objects behave as before. */
class HooksTest {
    private final SessionCodec codec = Codecs.forTests();

    @AfterEach
    void close() {
        codec.close();
    }

    @Test
    void aLambdaStillKnowsWhatItCaptured() {
        assertThat(Codecs.roundTrip(codec, Shapes.lambda("hello ")).greet("you"))
                .isEqualTo("hello you");
    }

    @Test
    void aProxyStillAnswers() {
        Shapes.Greeter proxy = (Shapes.Greeter) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Shapes.Greeter.class}, new Shapes.Handler());

        assertThat(Codecs.roundTrip(codec, proxy).greet("you")).isEqualTo("hello you");
    }

    @Test
    void readResolveFindsTheConstant() {
        Object[] decoded = Codecs.roundTrip(codec, new Object[] {Shapes.Status.OPEN, Shapes.Status.CLOSED});

        assertThat(decoded[0]).isSameAs(Shapes.Status.OPEN);
        assertThat(decoded[1]).isSameAs(Shapes.Status.CLOSED);
    }

    @Test
    void anObjectMayTravelAsAnother() {
        List<Object> part = new ArrayList<>();
        Object[] decoded = Codecs.roundTrip(codec, new Object[] {new Shapes.Proxied("s", part), part});

        assertThat(((Shapes.Proxied) decoded[0]).secret).isEqualTo("s");
        assertThat(((Shapes.Proxied) decoded[0]).part).isSameAs(decoded[1]);
    }

    @Test
    void anObjectMayBecomeAnother() {
        Object[] decoded = Codecs.roundTrip(codec, new Object[] {
            new Shapes.ReplacedByPlain(), new Shapes.ResolvesToString(), new Shapes.ResolvesToNull()
        });

        assertThat(decoded[0]).isInstanceOf(Shapes.Node.class);
        assertThat(decoded[1]).isEqualTo("resolved");
        assertThat(decoded[2]).isNull();
    }

    @Test
    void whatBecameNullIsNullAtEachReference() {
        Object vanishing = new Shapes.ResolvesToNull();

        assertThat(Codecs.roundTrip(codec, new Object[] {vanishing, vanishing, "after"}))
                .containsExactly(null, null, "after");
    }

    @Test
    void theConstructorOfASuperclassThatIsNotSerializableRuns() {
        Shapes.Child decoded = Codecs.roundTrip(codec, ApplicationCatalogue.child());

        assertThat(decoded.fromConstructor).isEqualTo("constructed");
        assertThat(decoded.constant).isEqualTo(42);
    }

    @Test
    void anInnerObjectKeepsItsOuterOne() {
        Shapes.Outer decoded = Codecs.roundTrip(codec, new Shapes.Outer());

        assertThat(decoded.inner.outer()).isSameAs(decoded);
    }

    @Test
    void aTransientFieldStaysTransient() {
        assertThat(Codecs.roundTrip(codec, new dev.holdfast.codec.legacy.Cart(1)).cached)
                .isNull();
    }

    @Test
    void serialPersistentFieldsDecideWhatIsKept() {
        Shapes.Persistent decoded = Codecs.roundTrip(codec, new Shapes.Persistent());

        assertThat(decoded.kept).isEqualTo("kept");
        assertThat(decoded.dropped).isNull();
    }

    /** Whatever the keys are that it had: texts or others, many, one or none. */
    @Test
    void orderOfAccessStaysTheOrder() {
        for (List<?> keys :
                List.of(List.of(), List.of("x"), List.of("x", "y"), List.of(1, 2), List.of(1, "x"), List.of("x", 1))) {
            Map<Object, Integer> map = new LinkedHashMap<>(16, 0.75f, true);
            keys.forEach(key -> map.put(key, 0));

            assertThat(keysAfterUse(Codecs.roundTrip(codec, map)))
                    .as("keys %s", keys)
                    .containsExactly("b", "a");
            assertThat(keysAfterUse(Codecs.roundTrip(codec, new LinkedHashMap<>(map))))
                    .as("keys %s", keys)
                    .containsExactly("a", "b");
            assertThat(map.keySet()).as("the map itself").containsExactlyElementsOf(keys);
        }
    }

    private static List<Object> keysAfterUse(Map<Object, Integer> map) {
        map.clear();
        map.put("a", 1);
        map.put("b", 2);
        map.get("a");
        return List.copyOf(map.keySet());
    }

    @Test
    void defaultsOfPropertiesStayDefaults() {
        Properties defaults = new Properties();
        defaults.setProperty("fallback", "yes");
        Properties decoded = Codecs.roundTrip(codec, new Properties(defaults));

        assertThat(decoded.getProperty("fallback")).isEqualTo("yes");
        assertThat(decoded).isEmpty();
    }

    @Test
    void aBoundStaysABound() {
        assertThat(Codecs.roundTrip(codec, new LinkedBlockingQueue<>(7)).remainingCapacity())
                .isEqualTo(7);
    }

    @Test
    void aListThatMayBeAskedForNullStillMay() {
        assertThat(Codecs.roundTrip(codec, Stream.of("a", "b", "c").toList()).contains(null))
                .isFalse();
    }

    @Test
    void aViewShowsWhatHappensBehindIt() {
        List<Object> list = new ArrayList<>();
        List<Object> guarded = Collections.synchronizedList(list);
        Object[] decoded = Codecs.roundTrip(codec, new Object[] {Collections.unmodifiableList(list), guarded, list});

        ((List<?>) decoded[1]).add(null);

        assertThat((List<?>) decoded[0]).hasSize(1);
        assertThat((List<?>) decoded[2]).hasSize(1);
    }

    @Test
    void aStringIsOneObjectWhereItWasOne() {
        String key = new String(new char[] {'k'});
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            rows.add(new HashMap<>(Map.of(key, i)));
        }

        List<Map<String, Object>> decoded = Codecs.roundTrip(codec, rows);

        String first = decoded.get(0).keySet().iterator().next();
        assertThat(decoded)
                .allSatisfy(row -> assertThat(row.keySet().iterator().next()).isSameAs(first));
    }

    @Test
    void aProxyObjectSharedByAPlainAndAHookedObjectIsWhole() {
        Shapes.Proxied shared = new Shapes.Proxied("s", null);
        Shapes.Hooked hooked = new Shapes.Hooked("h", 1);
        hooked.part = new Object[] {shared};

        Object[] decoded = Codecs.roundTrip(codec, new Object[] {hooked, shared});

        assertThat(((Object[]) ((Shapes.Hooked) decoded[0]).part)[0]).isSameAs(decoded[1]);
    }
}
