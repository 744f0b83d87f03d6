package dev.holdfast.codec;

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
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The values of java.time. A zoned time keeps its offset too, which tells the two hours apart when clocks go back. */
final class JavaTime {
    private JavaTime() {}

    static void addTo(JdkTypes types) {
        add(types, 19, LocalDate.class, JavaTime::write, JavaTime::date);
        add(types, 20, LocalTime.class, JavaTime::write, JavaTime::time);
        add(types, 21, LocalDateTime.class, JavaTime::write, JavaTime::dateTime);
        add(types, 22, Instant.class, JavaTime::write, JavaTime::instant);
        add(types, 23, ZonedDateTime.class, JavaTime::write, JavaTime::zoned);
        add(types, 24, OffsetDateTime.class, JavaTime::write, in -> OffsetDateTime.of(dateTime(in), offset(in)));
        add(types, 25, Duration.class, JavaTime::write, JavaTime::duration);
        add(types, 0, OffsetTime.class, JavaTime::write, in -> OffsetTime.of(time(in), offset(in)));
        add(types, 0, Period.class, JavaTime::write, in -> Period.of(signed(in), signed(in), signed(in)));
        add(types, 0, Year.class, (out, v) -> out.writeVarInt(v.getValue(), false), in -> Year.of(signed(in)));
        add(types, 0, YearMonth.class, JavaTime::write, in -> YearMonth.of(signed(in), in.readByte()));
        add(types, 0, MonthDay.class, JavaTime::write, in -> MonthDay.of(in.readByte(), in.readByte()));
        add(types, 0, ZoneOffset.class, JavaTime::write, JavaTime::offset);
        types.add(JdkType.value(
                0,
                ZoneId.of("Europe/Berlin").getClass(),
                new Leaf<ZoneId>((out, v) -> out.text(v.getId()), in -> ZoneId.of(in.text()))));
    }

    private static <T> void add(
            JdkTypes types,
            int code,
            Class<T> type,
            BiConsumer<GraphOutput, T> writer,
            Function<GraphInput, T> reader) {
        types.add(JdkType.value(code, type, new Leaf<>(writer, reader)));
    }

    private static int signed(GraphInput in) {
        return in.readVarInt(false);
    }

    private static void write(GraphOutput out, LocalDate value) {
        out.writeVarLong(value.toEpochDay(), false);
    }

    private static LocalDate date(GraphInput in) {
        return LocalDate.ofEpochDay(in.readVarLong(false));
    }

    private static void write(GraphOutput out, LocalTime value) {
        out.writeVarLong(value.toNanoOfDay(), true);
    }

    private static LocalTime time(GraphInput in) {
        return LocalTime.ofNanoOfDay(in.readVarLong(true));
    }

    private static void write(GraphOutput out, LocalDateTime value) {
        write(out, value.toLocalDate());
        write(out, value.toLocalTime());
    }

    private static LocalDateTime dateTime(GraphInput in) {
        return LocalDateTime.of(date(in), time(in));
    }

    private static void write(GraphOutput out, Instant value) {
        out.writeVarLong(value.getEpochSecond(), false);
        out.writeVarInt(value.getNano(), true);
    }

    private static Instant instant(GraphInput in) {
        return Instant.ofEpochSecond(in.readVarLong(false), in.readVarInt(true));
    }

    private static void write(GraphOutput out, Duration value) {
        out.writeVarLong(value.getSeconds(), false);
        out.writeVarInt(value.getNano(), true);
    }

    private static Duration duration(GraphInput in) {
        return Duration.ofSeconds(in.readVarLong(false), in.readVarInt(true));
    }

    private static void write(GraphOutput out, ZoneOffset value) {
        out.writeVarInt(value.getTotalSeconds(), false);
    }

    private static ZoneOffset offset(GraphInput in) {
        return ZoneOffset.ofTotalSeconds(signed(in));
    }

    private static void write(GraphOutput out, ZonedDateTime value) {
        write(out, value.toLocalDateTime());
        write(out, value.getOffset());
        boolean region = !(value.getZone() instanceof ZoneOffset);
        out.writeBoolean(region);
        if (region) {
            out.text(value.getZone().getId());
        }
    }

    /** If the rules have changed since, the instant stays and the local time follows. */
    private static ZonedDateTime zoned(GraphInput in) {
        LocalDateTime local = dateTime(in);
        ZoneOffset offset = offset(in);
        ZoneId zone = in.readBoolean() ? ZoneId.of(in.text()) : offset;
        return ZonedDateTime.ofInstant(local, offset, zone);
    }

    private static void write(GraphOutput out, OffsetDateTime value) {
        write(out, value.toLocalDateTime());
        write(out, value.getOffset());
    }

    private static void write(GraphOutput out, OffsetTime value) {
        write(out, value.toLocalTime());
        write(out, value.getOffset());
    }

    private static void write(GraphOutput out, Period value) {
        out.writeVarInt(value.getYears(), false);
        out.writeVarInt(value.getMonths(), false);
        out.writeVarInt(value.getDays(), false);
    }

    private static void write(GraphOutput out, YearMonth value) {
        out.writeVarInt(value.getYear(), false);
        out.writeByte(value.getMonthValue());
    }

    private static void write(GraphOutput out, MonthDay value) {
        out.writeByte(value.getMonthValue());
        out.writeByte(value.getDayOfMonth());
    }
}
