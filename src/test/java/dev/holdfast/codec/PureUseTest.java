package dev.holdfast.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URL;
import java.text.DecimalFormat;
import java.text.MessageFormat;
import java.text.SimpleDateFormat;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** To look at a value, or to use it as it is meant to be used, is no change: it encodes as before. */
@SuppressWarnings({"JavaUtilDate", "ReturnValueIgnored"}) // to ask is the point
class PureUseTest {
    private static final SessionCodec CODEC = Codecs.forTests();

    private interface Use<T> {
        void use(T value) throws Exception;
    }

    private static <T> Arguments use(String name, T value, Use<T> use) {
        return Arguments.of(name, value, use);
    }

    static Stream<Arguments> uses() throws Exception {
        return Stream.of(
                use("SimpleDateFormat", new SimpleDateFormat("dd.MM.yyyy", Locale.ROOT), format -> {
                    format.format(new Date());
                    format.parse("01.02.2003");
                    format.toPattern();
                }),
                use("DecimalFormat", new DecimalFormat("#.##"), format -> {
                    format.format(1.2345);
                    format.parse("3.5");
                }),
                use(
                        "MessageFormat",
                        new MessageFormat("{0,date,yyyy} {1,number}", Locale.ROOT),
                        format -> format.format(new Object[] {new Date(), 5})),
                use("Calendar", new GregorianCalendar(2024, Calendar.MAY, 1), calendar -> {
                    calendar.get(Calendar.WEEK_OF_YEAR);
                    calendar.getTime();
                    calendar.getTimeZone();
                    calendar.hashCode();
                }),
                use("Calendar just set", justSet(), calendar -> calendar.get(Calendar.DAY_OF_WEEK)),
                use("TimeZone", TimeZone.getTimeZone("Europe/Berlin"), zone -> {
                    zone.getOffset(0L);
                    zone.getDisplayName();
                    zone.inDaylightTime(new Date());
                }),
                use("URL", new URL("http://127.0.0.1/a?b"), URL::hashCode),
                use("URI", URI.create("http://h/a"), uri -> {
                    uri.hashCode();
                    uri.toASCIIString();
                }),
                use("BigDecimal", new BigDecimal("1.50"), decimal -> {
                    decimal.toString();
                    decimal.precision();
                }),
                use("Date", new Date(5), date -> {
                    date.toString();
                    date.hashCode();
                }),
                use("HashMap", new HashMap<>(Map.of("a", 1)), PureUseTest::lookAround),
                use("LinkedHashMap", new LinkedHashMap<>(Map.of("a", 1)), PureUseTest::lookAround),
                use("Properties", properties(), PureUseTest::lookAround),
                use(
                        "unmodifiableMap",
                        Collections.unmodifiableMap(new HashMap<>(Map.of("a", 1))),
                        PureUseTest::lookAround),
                use(
                        "synchronizedMap",
                        Collections.synchronizedMap(new HashMap<>(Map.of("a", 1))),
                        PureUseTest::lookAround),
                use("ArrayList", new ArrayList<>(List.of("a", "b")), PureUseTest::lookAround),
                use("extends ArrayList", ApplicationCatalogue.ownList(), PureUseTest::lookAround),
                use("Throwable", new IllegalStateException("m"), exception -> {
                    exception.getStackTrace();
                    exception.toString();
                    exception.getSuppressed();
                }),
                use("String", "never hashed " + System.nanoTime(), String::hashCode),
                use("Locale", Locale.forLanguageTag("de-CH-1996"), locale -> {
                    locale.toLanguageTag();
                    locale.hashCode();
                    locale.getDisplayName();
                }));
    }

    private static Calendar justSet() {
        Calendar calendar = new GregorianCalendar();
        calendar.clear();
        calendar.set(2024, Calendar.FEBRUARY, 29);
        return calendar;
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("a", "b");
        return properties;
    }

    private static void lookAround(Map<?, ?> map) {
        map.get("a");
        map.containsValue("x");
        map.keySet().forEach(Object::hashCode);
        map.values().size();
        map.entrySet().iterator().next();
        map.hashCode();
        map.toString();
    }

    private static void lookAround(Collection<?> collection) {
        collection.contains("x");
        collection.stream().count();
        collection.hashCode();
        collection.toArray();
    }

    @AfterAll
    static void close() {
        CODEC.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("uses")
    void isNoChange(String name, Object value, Use<Object> use) throws Exception {
        Fragment before = Codecs.encode(CODEC, value);

        use.use(value);

        assertThat(Codecs.encode(CODEC, value)).isEqualTo(before);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("uses")
    void isNoChangeAfterALoad(String name, Object value, Use<Object> use) throws Exception {
        Object decoded = Codecs.roundTrip(CODEC, value);
        Fragment before = Codecs.encode(CODEC, decoded);

        use.use(decoded);

        assertThat(Codecs.encode(CODEC, decoded)).isEqualTo(before);
    }
}
