package dev.holdfast.codec;

import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.sql.Timestamp;
import java.text.ChoiceFormat;
import java.text.DecimalFormat;
import java.text.MessageFormat;
import java.text.SimpleDateFormat;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.chrono.JapaneseDate;
import java.time.temporal.WeekFields;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/** Values of the JDK's, each made anew by its supplier. */
@SuppressWarnings({"all", "rawtypes", "unchecked", "deprecation"})
final class JdkCatalogue {
    private JdkCatalogue() {}

    static Map<String, Callable<Object>> values() {
        Map<String, Callable<Object>> all = new LinkedHashMap<>();
        scalars(all);
        time(all);
        arrays(all);
        JdkCollections.addTo(all);
        others(all);
        return all;
    }

    private static void scalars(Map<String, Callable<Object>> all) {
        all.put("String", () -> "plain");
        all.put("String empty", () -> "");
        all.put("String latin1", () -> "Gr\u00fc\u00dfe \u00ff");
        all.put("String wide", () -> "\u20ac \u4e2d\u6587 \ud83d\ude00 \u0000 \u07ff \u0800 \uffff");
        all.put("String lone surrogate", () -> "a\ud83db\udc00");
        all.put("String long", () -> "x".repeat(100_000) + "\u20ac".repeat(50_000));
        all.put("Boolean", () -> true);
        all.put("Byte", () -> (byte) -7);
        all.put("Character", () -> '\uffff');
        all.put("Short", () -> Short.MIN_VALUE);
        all.put("Integer", () -> Integer.MIN_VALUE);
        all.put("Long", () -> Long.MIN_VALUE);
        all.put("Float", () -> -0.0f);
        all.put("Double", () -> Double.NaN);
        all.put("BigInteger", () -> new BigInteger("-123456789012345678901234567890"));
        all.put("BigDecimal", () -> new BigDecimal("-12345678901234567890.500"));
        all.put("BigDecimal negative scale", () -> new BigDecimal("1E+400"));
        all.put("UUID", () -> UUID.fromString("01234567-89ab-cdef-0123-456789abcdef"));
        all.put("Class", () -> Map.Entry.class);
        all.put("Class primitive", () -> int.class);
        all.put("Class array", () -> String[][].class);
        all.put("Locale", () -> Locale.GERMANY);
        all.put("Locale root", () -> Locale.ROOT);
        all.put("Locale script", () -> Locale.forLanguageTag("zh-Hant-TW"));
        all.put("Locale extensions", () -> Locale.forLanguageTag("de-DE-u-co-phonebk-nu-latn-x-private"));
        all.put("Locale ja_JP_JP", () -> new Locale("ja", "JP", "JP"));
        all.put("Locale no_NO_NY", () -> new Locale("no", "NO", "NY"));
        all.put("Locale odd variant", () -> new Locale("de", "DE", "POSIX_x"));
        all.put("Currency", () -> Currency.getInstance("EUR"));
        all.put("URI", () -> URI.create("http://user@example.org:81/a%20b?c=d#e"));
        all.put("URL", () -> new URL("https://example.org:444/a?b=c#d"));
        all.put("File", () -> new File("a/b c"));
        all.put("Pattern", () -> Pattern.compile("a.*b", Pattern.CASE_INSENSITIVE | Pattern.DOTALL));
        all.put("MathContext", () -> MathContext.DECIMAL64);
        all.put("Enum of the JDK", () -> TimeUnit.SECONDS);
        all.put("Object", () -> new Object());
        all.put("Optional", () -> Optional.of(new ArrayList<>(List.of(1))));
        all.put("Optional empty", () -> Optional.empty());
        all.put("OptionalInt", () -> OptionalInt.of(-5));
        all.put("OptionalInt empty", () -> OptionalInt.empty());
        all.put("OptionalLong", () -> OptionalLong.of(5L));
        all.put("OptionalDouble", () -> OptionalDouble.of(0.5));
    }

    private static void time(Map<String, Callable<Object>> all) {
        all.put("Date", () -> new Date(-1L));
        all.put("sql.Timestamp", () -> {
            Timestamp value = new Timestamp(1_234_567_890_123L);
            value.setNanos(123_456_789);
            return value;
        });
        all.put("sql.Timestamp before 1970", () -> {
            Timestamp value = new Timestamp(-1_500L);
            value.setNanos(999_999_999);
            return value;
        });
        all.put("sql.Date", () -> new java.sql.Date(1_000_000_000_000L));
        all.put("sql.Time", () -> new java.sql.Time(1_000L));
        all.put("LocalDate", () -> LocalDate.of(-44, 3, 15));
        all.put("LocalDate max", () -> LocalDate.MAX);
        all.put("LocalTime", () -> LocalTime.of(23, 59, 59, 999_999_999));
        all.put("LocalDateTime", () -> LocalDateTime.of(2024, 2, 29, 1, 2, 3, 4));
        all.put("Instant", () -> Instant.ofEpochSecond(-1, 999_999_999));
        all.put("Instant max", () -> Instant.MAX);
        all.put("ZonedDateTime", () -> ZonedDateTime.of(2024, 7, 1, 12, 0, 0, 0, ZoneId.of("Europe/Berlin")));
        all.put("ZonedDateTime offset zone", () -> ZonedDateTime.of(2024, 7, 1, 12, 0, 0, 0, ZoneOffset.ofHours(-3)));
        all.put("ZonedDateTime second hour of the overlap", () -> ZonedDateTime.of(
                        2024, 10, 27, 2, 30, 0, 0, ZoneId.of("Europe/Berlin"))
                .withLaterOffsetAtOverlap());
        all.put("OffsetDateTime", () -> OffsetDateTime.of(2024, 1, 1, 0, 0, 0, 1, ZoneOffset.ofHoursMinutes(5, 30)));
        all.put("OffsetTime", () -> OffsetTime.of(1, 2, 3, 4, ZoneOffset.UTC));
        all.put("Duration", () -> Duration.ofSeconds(-5, 7));
        all.put("Period", () -> Period.of(1, -2, 300));
        all.put("Year", () -> Year.of(-5));
        all.put("YearMonth", () -> YearMonth.of(2024, 12));
        all.put("MonthDay", () -> MonthDay.of(2, 29));
        all.put("ZoneId", () -> ZoneId.of("America/New_York"));
        all.put("ZoneOffset", () -> ZoneOffset.MAX);
        all.put("DayOfWeek", () -> DayOfWeek.FRIDAY);
        all.put("JapaneseDate", () -> JapaneseDate.of(2020, 5, 5));
        all.put("WeekFields", () -> WeekFields.ISO);
        all.put("TimeZone", () -> TimeZone.getTimeZone("Europe/Berlin"));
        all.put("TimeZone custom", () -> TimeZone.getTimeZone("GMT+05:45"));
        all.put("TimeZone changed", () -> {
            TimeZone zone = TimeZone.getTimeZone("Europe/Berlin");
            zone.setRawOffset(7_000_000);
            return zone;
        });
        all.put("TimeZone renamed", () -> {
            TimeZone zone = TimeZone.getTimeZone("Europe/Berlin");
            zone.setID("Mine");
            return zone;
        });
        all.put("SimpleTimeZone", () -> new SimpleTimeZone(3_600_000, "Own", 2, -1, 1, 3_600_000, 9, -1, 1, 3_600_000));
        all.put("GregorianCalendar", () -> calendar());
        all.put("GregorianCalendar own settings", () -> {
            GregorianCalendar value = new GregorianCalendar(TimeZone.getTimeZone("Asia/Tokyo"), Locale.US);
            value.setTimeInMillis(123_456_789L);
            value.setLenient(false);
            value.setFirstDayOfWeek(Calendar.WEDNESDAY);
            value.setMinimalDaysInFirstWeek(4);
            value.setGregorianChange(new Date(Long.MIN_VALUE));
            return value;
        });
        all.put("GregorianCalendar invalid and strict", () -> {
            GregorianCalendar value = calendar();
            value.setLenient(false);
            value.set(Calendar.MONTH, 40);
            return new Object[] {value, 1};
        });
        all.put("Calendar Buddhist", () -> {
            Calendar value = new Calendar.Builder().setCalendarType("buddhist").build();
            value.setTimeInMillis(5_000_000L);
            return value;
        });
        all.put("SimpleDateFormat", () -> new SimpleDateFormat("dd. MMMM yyyy HH:mm", Locale.GERMANY));
    }

    static GregorianCalendar calendar() {
        GregorianCalendar value = new GregorianCalendar(2024, Calendar.FEBRUARY, 29, 1, 2, 3);
        value.setTimeZone(TimeZone.getTimeZone("Europe/Berlin"));
        return value;
    }

    private static void arrays(Map<String, Callable<Object>> all) {
        all.put("byte[]", () -> new byte[] {1, -1, 0});
        all.put("short[]", () -> new short[] {1, Short.MIN_VALUE});
        all.put("char[]", () -> new char[] {'a', '\uffff'});
        all.put("int[]", () -> new int[] {1, Integer.MIN_VALUE});
        all.put("long[]", () -> new long[] {1, Long.MIN_VALUE});
        all.put("float[]", () -> new float[] {1, Float.NaN});
        all.put("double[]", () -> new double[] {1, Double.MIN_VALUE});
        all.put("boolean[]", () -> new boolean[] {true, false});
        all.put("int[] empty", () -> new int[0]);
        all.put("int[][]", () -> new int[][] {{1}, {}, null});
        all.put("Object[]", () -> new Object[] {"a", 1, null, new Object[0]});
        all.put("Object[] with subclasses", () -> new Number[] {1, 2L, BigDecimal.ONE});
        all.put("Object holding String[]", () -> new Object[] {new String[] {"a", null}, new Integer[][] {{1}}});
        all.put("Object[] itself", () -> {
            Object[] array = new Object[2];
            array[0] = array;
            array[1] = new Object[] {array};
            return array;
        });
        all.put("Comparable[]", () -> new Comparable[] {"a", 1});
        all.put("Map[]", () -> new Map[] {new HashMap<>(Map.of("a", 1))});
    }

    private static void others(Map<String, Callable<Object>> all) {
        all.put("StringBuilder", () -> new StringBuilder("abc\u20ac"));
        all.put("StringBuffer", () -> new StringBuffer("abc"));
        all.put("BitSet", () -> {
            BitSet bits = new BitSet();
            bits.set(3);
            bits.set(200);
            return bits;
        });
        all.put("AtomicInteger", () -> new AtomicInteger(-3));
        all.put("AtomicLong", () -> new AtomicLong(3));
        all.put("AtomicBoolean", () -> new AtomicBoolean(true));
        all.put("AtomicReference", () -> new AtomicReference<>(new ArrayList<>(List.of("a"))));
        all.put("AtomicReference to itself", () -> {
            AtomicReference<Object> reference = new AtomicReference<>();
            reference.set(new Object[] {reference});
            return reference;
        });
        all.put("AtomicIntegerArray", () -> new AtomicIntegerArray(new int[] {1, 2}));
        all.put("LongAdder", () -> {
            LongAdder adder = new LongAdder();
            adder.add(5);
            return adder;
        });
        all.put("Throwable", () -> new IllegalStateException("outer", new RuntimeException("inner")));
        all.put("Throwable suppressed", () -> {
            Exception exception = new Exception("a");
            exception.addSuppressed(new Error("b"));
            return exception;
        });
        all.put("DecimalFormat", () -> new DecimalFormat("#,##0.00"));
        all.put("MessageFormat", () -> new MessageFormat("{0,date,yyyy} {1,number,#.#}", Locale.ROOT));
        all.put("ChoiceFormat", () -> new ChoiceFormat("0#none|1#one|2#many"));
        all.put("InetAddress", () -> InetAddress.getByAddress("name", new byte[] {127, 0, 0, 1}));
        all.put("InetSocketAddress", () -> InetSocketAddress.createUnresolved("example.org", 80));
        all.put("ReentrantLock", () -> new Object[] {new ReentrantLock(true)});
        all.put("reverseOrder", () -> Collections.reverseOrder());
        all.put("naturalOrder", () -> Comparator.naturalOrder());
        all.put("CASE_INSENSITIVE_ORDER", () -> String.CASE_INSENSITIVE_ORDER);
        all.put(
                "boxed in a list",
                () -> new ArrayList<Object>(List.of(1, 2L, 3.0, 4f, 'c', true, (byte) 1, (short) 2)));
    }
}
