package dev.holdfast.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.codec.legacy.Cart;
import dev.holdfast.codec.legacy.Shapes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Which values need no second look. */
@SuppressWarnings({"JavaUtilDate", "UnnecessaryStringBuilder"})
class ImmutableTest {
    static class OwnDecimal extends BigDecimal {
        private static final long serialVersionUID = 1L;
        int mutable;

        OwnDecimal() {
            super(1);
        }
    }

    @Test
    void valuesThatNeverChange() {
        try (SessionCodec codec = Codecs.forTests()) {
            assertThat(codec.isImmutable(null)).isTrue();
            Object[] immutable = {
                "text",
                1,
                2L,
                'c',
                true,
                1.5,
                1f,
                (byte) 1,
                (short) 1,
                BigInteger.TEN,
                BigDecimal.ONE,
                UUID.randomUUID(),
                Locale.ROOT,
                Currency.getInstance("EUR"),
                URI.create("a"),
                Pattern.compile("a"),
                String.class,
                Instant.EPOCH,
                ZoneOffset.UTC,
                TimeUnit.DAYS,
                Shapes.Color.GREEN,
                Collections.emptyList()
            };
            assertThat(immutable).allMatch(codec::isImmutable);
        }
    }

    @Test
    void valuesThatMay() {
        try (SessionCodec codec = Codecs.forTests()) {
            Object[] mutable = {
                new Date(),
                new GregorianCalendar(),
                new ArrayList<>(),
                List.of(new ArrayList<>()),
                new Cart(1),
                new OwnDecimal(),
                new int[0],
                new StringBuilder(),
                new AtomicInteger(),
                TimeZone.getDefault(),
                Collections.unmodifiableList(new ArrayList<>()),
                new Shapes.Point(1, 1, "", List.of())
            };
            assertThat(mutable).noneMatch(codec::isImmutable);
        }
    }
}
