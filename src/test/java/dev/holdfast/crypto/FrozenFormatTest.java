package dev.holdfast.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/**
 * Bytes as they lie in somebody's database. These vectors are kept for ever: a build that fails here logs everybody out, so
 * it is the build that is wrong. They were computed with other libraries than the product's. A new format gets a new version byte and a new vector beside these.
 */
class FrozenFormatTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] KEY = HEX.parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    private static final String KEY_TEXT = "holdfast_key_1_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9YTji_";
    private static final String KEY_ID = "0d5240ba6eb2aa6b";
    private static final byte[] PLAIN = "frozen".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PLACE = "shop\0id".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NONCE = HEX.parseHex("404142434445464748494a4b4c4d4e4f5051525354555657");
    private static final byte[] SEALED = HEX.parseHex("01" + KEY_ID + "404142434445464748494a4b4c4d4e4f5051525354555657"
            + "18b329a9859d0d36507b23719f4585e35d043145288f");
    private static final byte[] IN_CLEAR =
            HEX.parseHex("50" + "404142434445464748494a4b4c4d4e4f5051525354555657" + "66726f7a656e");

    @Test
    void aKeyKeepsItsTextAndItsId() {
        assertThat(KeyText.encode(KEY)).isEqualTo(KEY_TEXT);
        assertThat(KeyRing.parse(KEY_TEXT).keyIds()).containsExactly(KEY_ID);
    }

    @Test
    void version1Opens() {
        SessionCrypto crypto = SessionCrypto.sealing(KeyRing.parse(KEY_TEXT));
        assertThat(crypto.open(SEALED, PLACE)).isEqualTo(PLAIN);
        assertThat(crypto.identityOf(SEALED)).isEqualTo(NONCE);
    }

    @Test
    void version1IsWhatIsWritten() {
        assertThat(new SealingCrypto(KeyRing.parse(KEY_TEXT)).seal(NONCE, PLAIN, PLACE))
                .isEqualTo(SEALED);
    }

    @Test
    void plaintextOpens() {
        assertThat(SessionCrypto.plaintext().open(IN_CLEAR, PLACE)).isEqualTo(PLAIN);
        assertThat(SessionCrypto.plaintext().identityOf(IN_CLEAR)).isEqualTo(NONCE);
    }
}
