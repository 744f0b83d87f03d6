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
import java.util.function.UnaryOperator;
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
    void aFlippedBitIsRefusedWhereverItIs() {
        int length = original(shopper).length;
        for (int at : new int[] {0, 1, 10, 20, length / 2, length - 1}) {
            assertRefused(base -> {
                byte[] flipped = base.clone();
                flipped[at] ^= 1;
                return flipped;
            });
        }
    }

    @Test
    void aCutOffRowIsRefused() {
        assertRefused(base -> Arrays.copyOf(base, base.length - 1));
        assertRefused(base -> Arrays.copyOf(base, 3));
        assertRefused(base -> new byte[0]);
    }

    @Test
    void anotherSessionsContentsAreRefused() {
        Shopper other = new Shopper().add(site.a());

        assertRefused(base -> original(other));
        other.sees(site.b(), 1);
    }

    @Test
    void aBaseInThePlaceOfADeltaIsRefused() {
        byte[] base = original(shopper);
        site.table().overwrite("/shop", shopper.sessionId(), "delta", base);
        int mark = site.b().log().console().size();

        shopper.seesNoSession(site.b());

        assertLoggedWithoutData(site.b(), shopper, mark);
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

            assertLoggedWithoutData(stranger, shopper, 0);
        }
        assertThat(original(shopper)).isEqualTo(before);
        shopper.sees(site.b(), 1);
    }

    private byte[] original(Shopper whose) {
        return site.table().row("/shop", whose.sessionId()).orElseThrow().bytes("base");
    }

    /** A session for each try: the node that is asked has not seen it before and has nothing but the row. */
    private void assertRefused(UnaryOperator<byte[]> tampering) {
        Shopper victim = new Shopper().add(site.a());
        SessionTable table = site.table();
        byte[] original = original(victim);
        byte[] tampered = tampering.apply(original);
        assertThat(tampered).isNotEqualTo(original);
        table.overwrite("/shop", victim.sessionId(), "base", tampered);
        int mark = site.b().log().console().size();

        victim.seesNoSession(site.b());

        assertThat(original(victim)).isEqualTo(tampered);
        assertLoggedWithoutData(site.b(), victim, mark);
        table.overwrite("/shop", victim.sessionId(), "base", original);
        victim.sees(site.b(), 1);
    }

    private void assertLoggedWithoutData(TomcatNode node, Shopper victim, int mark) {
        String shortHash = HexFormat.of().formatHex(SessionTable.idHash("/shop", victim.sessionId()), 0, 4);
        await().atMost(10, SECONDS).untilAsserted(() -> assertThat(node.log().consoleSince(mark))
                .anyMatch(entry -> entry.contains("SEVERE") && entry.contains(shortHash)));
        List<String> logged = node.log().consoleSince(mark);
        assertThat(String.join("\n", logged))
                .doesNotContain(victim.sessionId().split("\\.")[0], victim.label(), "lamp");
    }
}
