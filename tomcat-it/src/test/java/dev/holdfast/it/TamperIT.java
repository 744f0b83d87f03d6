package dev.holdfast.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.it.holdfast.SessionTable;
import dev.holdfast.it.node.TomcatLine;
import dev.holdfast.it.node.TomcatNode;
import dev.holdfast.it.node.Workshop;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that are not authentic make no session, are logged without their data, and are left for inspection. */
@ParameterizedClass
@EnumSource
final class TamperIT {
    private final TomcatLine line;
    private final Site site;
    private final Shopper shopper = new Shopper();

    TamperIT(TomcatLine line) {
        this.line = line;
        this.site = Site.of(line);
        shopper.add(site.a());
    }

    @Test
    void aFlippedBitIsRefused() {
        byte[] base = original(shopper);
        byte[] flipped = base.clone();
        flipped[flipped.length - 1] ^= 1;

        assertRefused(flipped, base);
    }

    @Test
    void aFlippedBitInTheEnvelopeIsRefused() {
        byte[] base = original(shopper);
        for (int at : new int[] {0, 1, 10, 20}) {
            byte[] flipped = base.clone();
            flipped[at] ^= 1;

            assertRefused(flipped, base);
        }
    }

    @Test
    void aCutOffRowIsRefused() {
        byte[] base = original(shopper);

        assertRefused(Arrays.copyOf(base, base.length - 1), base);
        assertRefused(Arrays.copyOf(base, 3), base);
        assertRefused(new byte[0], base);
    }

    @Test
    void anotherSessionsContentsAreRefused() {
        Shopper other = new Shopper().add(site.a());

        assertRefused(original(other), original(shopper));
        other.sees(site.b(), 1);
    }

    @Test
    void aBaseInThePlaceOfADeltaIsRefused() {
        byte[] base = original(shopper);
        site.table().overwrite("/shop", shopper.sessionId(), "delta", base);
        int mark = site.b().log().console().size();

        shopper.seesNoSession(site.b());

        assertLoggedWithoutData(site.b(), mark);
    }

    @Test
    void aNodeWithTheWrongKeyRefusesAndLeavesTheRow() {
        byte[] before = original(shopper);
        try (TomcatNode stranger = site.installation(Site.newKeyFile("wrong-" + line))
                .into(TomcatNode.of(line, "wrong-key"))
                .app("shop", Workshop.shop())
                .build()
                .start()) {
            shopper.seesNoSession(stranger);

            assertLoggedWithoutData(stranger, 0);
        }
        assertThat(original(shopper)).isEqualTo(before);
        shopper.sees(site.b(), 1);
    }

    private byte[] original(Shopper whose) {
        return site.table().row("/shop", whose.sessionId()).orElseThrow().bytes("base");
    }

    /** The node that is asked has not seen the session before: it has nothing but the row. */
    private void assertRefused(byte[] tampered, byte[] original) {
        SessionTable table = site.table();
        String id = shopper.sessionId();
        table.overwrite("/shop", id, "base", tampered);
        int mark = site.b().log().console().size();

        shopper.seesNoSession(site.b());

        assertThat(table.row("/shop", id).orElseThrow().bytes("base")).isEqualTo(tampered);
        assertLoggedWithoutData(site.b(), mark);
        table.overwrite("/shop", id, "base", original);
        shopper.sees(site.b(), 1);
    }

    private void assertLoggedWithoutData(TomcatNode node, int mark) {
        String shortHash = HexFormat.of().formatHex(SessionTable.idHash("/shop", shopper.sessionId()), 0, 4);
        await().atMost(10, SECONDS).untilAsserted(() -> assertThat(node.log().consoleSince(mark))
                .anyMatch(entry -> entry.contains("SEVERE") && entry.contains(shortHash)));
        List<String> logged = node.log().consoleSince(mark);
        assertThat(String.join("\n", logged))
                .doesNotContain(shopper.sessionId().split("\\.")[0], shopper.label(), "lamp");
    }
}
