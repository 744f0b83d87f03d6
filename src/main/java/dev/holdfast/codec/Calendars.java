package dev.holdfast.codec;

import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * A Gregorian calendar as its time and settings, as it stands after any of its fields has been asked for: to ask is no change.
 * One whose fields do not add up to a time has no such form.
 */
@SuppressWarnings("JavaUtilDate") // it is what sessions have
final class Calendars implements FallbackSerializer.ShortForm<GregorianCalendar, GregorianCalendar> {
    @Override
    public @Nullable GregorianCalendar of(GregorianCalendar value) {
        return Snapshots.take(value, () -> computed(value));
    }

    private static @Nullable GregorianCalendar computed(GregorianCalendar value) {
        // a clone, since asking computes
        GregorianCalendar copy = (GregorianCalendar) value.clone();
        try {
            copy.getTimeInMillis();
            return copy;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    @Override
    public void write(Graph graph, GraphOutput out, GregorianCalendar state) {
        out.writeVarLong(state.getTimeInMillis(), false);
        out.writeBoolean(state.isLenient());
        out.writeByte(state.getFirstDayOfWeek());
        out.writeByte(state.getMinimalDaysInFirstWeek());
        out.writeVarLong(state.getGregorianChange().getTime(), false);
        graph.writePart(out, state.getTimeZone(), ".zone");
    }

    @Override
    public GregorianCalendar read(Graph graph, GraphInput in) {
        long time = in.readVarLong(false);
        boolean lenient = in.readBoolean();
        int firstDayOfWeek = in.readByte();
        int minimalDaysInFirstWeek = in.readByte();
        long gregorianChange = in.readVarLong(false);
        if (!(graph.readValue(in) instanceof TimeZone zone)) {
            throw new UndecodableException("a calendar without a time zone", null);
        }
        GregorianCalendar calendar = new GregorianCalendar(zone);
        calendar.setGregorianChange(new Date(gregorianChange));
        calendar.setFirstDayOfWeek(firstDayOfWeek);
        calendar.setMinimalDaysInFirstWeek(minimalDaysInFirstWeek);
        calendar.setTimeInMillis(time);
        calendar.get(Calendar.ERA);
        calendar.setLenient(lenient);
        return calendar;
    }

    @Override
    public void skip(Graph graph, GraphInput in) {
        in.readVarLong(false);
        in.skipBytes(3);
        in.readVarLong(false);
        graph.skipValue(in);
    }
}
