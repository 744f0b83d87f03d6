package dev.holdfast.codec;

import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/** A time zone as its id, if the id stands for the same rules. */
final class TimeZones implements FallbackSerializer.ShortForm<TimeZone, String> {
    @Override
    public @Nullable String of(TimeZone value) {
        String id = value.getID();
        TimeZone known = TimeZone.getTimeZone(id);
        return known.equals(value) && known.hasSameRules(value) ? id : null;
    }

    @Override
    public void write(Graph graph, GraphOutput out, String state) {
        out.text(state);
    }

    @Override
    public TimeZone read(Graph graph, GraphInput in) {
        String id = in.text();
        TimeZone zone = TimeZone.getTimeZone(id);
        if (!zone.getID().equals(id)) {
            throw new UndecodableException("this Java runtime does not know the time zone that was stored", null);
        }
        return zone;
    }

    @Override
    public void skip(Graph graph, GraphInput in) {
        in.skipText();
    }
}
