package dev.holdfast.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.codec.legacy.Cart;
import dev.holdfast.codec.legacy.Shapes;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The class filter holds at every depth, on the way out and on the way in. */
class FilterTest {
    private static final String CART = Cart.class.getName();

    static Stream<Arguments> hidingPlaces() {
        Cart cart = new Cart(1);
        Shapes.Hooked hooked = new Shapes.Hooked("h", 1);
        hooked.part = cart;
        Shapes.Hooked cycle = new Shapes.Hooked("h", 1);
        cycle.part = new Object[] {cycle, cart};
        Shapes.Holder holder = new Shapes.Holder();
        holder.map.put("k", cart);
        Shapes.OwnException exception = new Shapes.OwnException("m", null);
        exception.detail = cart;
        return Stream.of(
                Arguments.of("itself", cart),
                Arguments.of("in an array", new Object[] {cart}),
                Arguments.of("as an array's elements", new Cart[0]),
                Arguments.of("as an array of arrays' elements", new Cart[0][0]),
                Arguments.of("in a field", holder),
                Arguments.of("behind a view", Collections.unmodifiableList(new ArrayList<>(List.of(cart)))),
                Arguments.of("behind hooks", hooked),
                Arguments.of("in a cycle through hooks", cycle),
                Arguments.of("in an exception", exception),
                Arguments.of("as a class", new Object[] {Cart.class}),
                Arguments.of("behind a form", new Shapes.Proxied("s", cart)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hidingPlaces")
    void aRefusedClassIsFoundOnTheWayOut(String place, Object value) {
        try (SessionCodec codec = Codecs.with(name -> !name.equals(CART))) {
            assertThat(Codecs.refusal(codec, "a", value).reason())
                    .contains(CART)
                    .contains("class filter");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hidingPlaces")
    void aRefusedClassIsFoundOnTheWayIn(String place, Object value) {
        Fragment fragment;
        try (SessionCodec codec = Codecs.forTests()) {
            fragment = Codecs.encode(codec, value);
        }
        try (SessionCodec codec = Codecs.with(name -> !name.equals(CART))) {
            assertThatThrownBy(() -> codec.decode(fragment))
                    .isInstanceOf(UndecodableException.class)
                    .hasMessageContaining(CART);
        }
    }

    @Test
    void hooksAreRefusedBeforeTheyRun() {
        Shapes.Hooked hooked = new Shapes.Hooked("h", 1);
        Shapes.External external = new Shapes.External();
        Shapes.Status status = Shapes.Status.OPEN;
        for (Object value :
                new Object[] {hooked, external, status, Shapes.Color.GREEN, new Shapes.Point(1, 1, "", List.of())}) {
            Fragment fragment;
            try (SessionCodec codec = Codecs.forTests()) {
                fragment = Codecs.encode(codec, value);
            }
            String name = value instanceof Enum<?> constant
                    ? constant.getDeclaringClass().getName()
                    : value.getClass().getName();
            try (SessionCodec codec = Codecs.with(any -> !any.equals(name))) {
                assertThat(Codecs.refusal(codec, "a", value).reason()).contains(name);
                assertThatThrownBy(() -> codec.decode(fragment)).hasMessageContaining(name);
            }
        }
    }

    @Test
    void aProxyIsJudgedByItsInterfacesAndItsHandler() {
        Object proxy = Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Shapes.Greeter.class}, new Shapes.Handler());
        Fragment fragment;
        try (SessionCodec codec = Codecs.forTests()) {
            fragment = Codecs.encode(codec, proxy);
        }
        for (Class<?> refused : new Class<?>[] {Shapes.Greeter.class, Shapes.Handler.class}) {
            try (SessionCodec codec = Codecs.with(name -> !name.equals(refused.getName()))) {
                assertThat(Codecs.refusal(codec, "a", proxy).reason()).contains(refused.getName());
                assertThatThrownBy(() -> codec.decode(fragment))
                        .isInstanceOf(UndecodableException.class)
                        .hasMessageContaining(refused.getName());
            }
        }
    }

    @Test
    void aLambdaIsJudgedByTheClassThatMadeIt() {
        Object lambda = Shapes.lambda("x");
        Fragment fragment;
        try (SessionCodec codec = Codecs.forTests()) {
            fragment = Codecs.encode(codec, lambda);
        }
        try (SessionCodec codec = Codecs.with(name -> !name.equals(Shapes.class.getName()))) {
            assertThat(Codecs.refusal(codec, "a", lambda).reason()).contains(Shapes.class.getName());
            assertThatThrownBy(() -> codec.decode(fragment)).hasMessageContaining(Shapes.class.getName());
        }
    }

    @Test
    void textsAreJudgedWhereverTheyStand() {
        Shapes.Holder holder = new Shapes.Holder();
        holder.map.put("k", 1);
        for (Object value : new Object[] {"t", new Object[] {"t"}, holder, new Shapes.Hooked("h", 1)}) {
            Fragment fragment;
            try (SessionCodec codec = Codecs.forTests()) {
                fragment = Codecs.encode(codec, value);
            }
            try (SessionCodec codec = Codecs.with(name -> !name.equals("java.lang.String"))) {
                assertThat(Codecs.refusal(codec, "a", value).reason()).contains("java.lang.String");
                assertThatThrownBy(() -> codec.decode(fragment))
                        .isInstanceOf(UndecodableException.class)
                        .hasMessageContaining("java.lang.String");
            }
        }
    }

    @Test
    void tomcatsOwnListAdmitsWhatItNames() {
        try (SessionCodec codec = Codecs.with(
                name -> name.matches("java\\.lang\\.(?:Boolean|Integer|Long|Number|String)|java\\.util\\.HashMap"))) {
            Map<String, Object> map = new HashMap<>(Map.of("a", 1, "b", true, "c", 5L));
            assertThat(Codecs.<Object>roundTrip(codec, map)).isEqualTo(map);
            assertThat(Codecs.roundTrip(codec, new int[][] {{1}})).isDeepEqualTo(new int[][] {{1}});
            assertThat(Codecs.refusal(codec, "a", new ArrayList<>()).reason()).contains("java.util.ArrayList");
            assertThat(Codecs.refusal(codec, "a", new Object[0]).reason()).contains("java.lang.Object");
        }
    }

    @Test
    void aSubclassWithHooksDoesNotNeedItsSuperclassesOnTheList() {
        try (SessionCodec codec = Codecs.with(name -> name.equals(Shapes.OwnList.class.getName())
                || name.equals("java.lang.String")
                || name.equals("java.lang.Integer"))) {
            assertThat(Codecs.roundTrip(codec, ApplicationCatalogue.ownList())).contains("a");
        }
    }
}
