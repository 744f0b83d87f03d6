package dev.holdfast.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionCryptoTest {
    private static final byte[] PLAIN = "the contents of a session".getBytes(StandardCharsets.UTF_8);
    private static final byte[] PLACE = "application, id, part".getBytes(StandardCharsets.UTF_8);

    private final String oldKey = KeyFile.newKey();
    private final String newKey = KeyFile.newKey();
    private final SessionCrypto crypto = SessionCrypto.sealing(KeyRing.parse(oldKey));
    private final SessionCrypto plaintext = SessionCrypto.plaintext();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 4096, 1_000_000})
    void opensWhatItSealedAtAnyLength(int length) {
        byte[] plain = new byte[length];
        Arrays.fill(plain, (byte) 'x');
        assertThat(crypto.open(crypto.seal(plain, PLACE), PLACE)).isEqualTo(plain);
        assertThat(plaintext.open(plaintext.seal(plain, PLACE), PLACE)).isEqualTo(plain);
    }

    @Test
    void isAsMuchLongerAsTheContractSays() {
        assertThat(crypto.seal(PLAIN, PLACE)).hasSize(PLAIN.length + 49);
        assertThat(plaintext.seal(PLAIN, PLACE)).hasSize(PLAIN.length + 25);
    }

    @Test
    void showsNothingOfThePlainBytesUnlessAskedTo() {
        assertThat(crypto.encrypts()).isTrue();
        assertThat(latin1(crypto.seal(PLAIN, PLACE))).doesNotContain("contents", "session");
        assertThat(plaintext.encrypts()).isFalse();
        assertThat(latin1(plaintext.seal(PLAIN, PLACE))).contains("the contents of a session");
    }

    @Test
    void noticesAChangeOfAnyBit() {
        byte[] sealed = crypto.seal(PLAIN, PLACE);
        for (int at = 0; at < sealed.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] changed = sealed.clone();
                changed[at] ^= (byte) (1 << bit);
                String expected = at < 1
                        ? "format version"
                        : at < 9 ? "which is not in the key file" : "was changed in the database";
                assertThatThrownBy(() -> crypto.open(changed, PLACE))
                        .as("byte %d, bit %d", at, bit)
                        .isInstanceOf(NotAuthenticException.class)
                        .hasMessageContaining(expected);
            }
        }
    }

    @Test
    void noticesACutAtAnyLengthAndAnythingAdded() {
        byte[] sealed = crypto.seal(PLAIN, PLACE);
        for (int length = 0; length < sealed.length; length++) {
            byte[] cut = Arrays.copyOf(sealed, length);
            String expected = length < 49 ? "cut off at " + length + " bytes" : "was changed in the database";
            assertThatThrownBy(() -> crypto.open(cut, PLACE))
                    .as("length %d", length)
                    .isInstanceOf(NotAuthenticException.class)
                    .hasMessageContaining(expected);
        }
        assertNotAuthentic(Arrays.copyOf(sealed, sealed.length + 1), PLACE, "was changed in the database");
    }

    @Test
    void doesNotOpenElsewhere() {
        byte[] elsewhere = "application, other id, part".getBytes(StandardCharsets.UTF_8);
        byte[] here = crypto.seal(PLAIN, PLACE);
        byte[] there = crypto.seal(PLAIN, elsewhere);
        assertNotAuthentic(here, elsewhere, "copied or moved there from another session");
        assertNotAuthentic(there, PLACE, "copied or moved there from another session");
        assertNotAuthentic(here, new byte[0], "copied or moved there from another session");
    }

    @Test
    void tellsAMissingKeyByItsId() {
        KeyRing others = KeyRing.parse(newKey);
        byte[] sealed = crypto.seal(PLAIN, PLACE);
        assertThatThrownBy(() -> SessionCrypto.sealing(others).open(sealed, PLACE))
                .isInstanceOf(NotAuthenticException.class)
                .hasMessageStartingWith("the stored value is sealed with the key "
                        + KeyRing.parse(oldKey).keyIds().get(0))
                .hasMessageContaining("it has " + others.keyIds().get(0));
    }

    @Test
    void refusesAnotherKeyThatClaimsTheSameId() {
        byte[] sealed = crypto.seal(PLAIN, PLACE);
        long otherId = Long.parseUnsignedLong(KeyRing.parse(newKey).keyIds().get(0), 16);
        Envelope.writeHeader(sealed, otherId);
        SessionCrypto both = SessionCrypto.sealing(KeyRing.parse(oldKey + " " + newKey));
        assertThatThrownBy(() -> both.open(sealed, PLACE)).hasMessageContaining("does not authenticate");
    }

    @Test
    void staysReadableThroughARotation() {
        SessionCrypto added = SessionCrypto.sealing(KeyRing.parse(oldKey + "," + newKey));
        SessionCrypto promoted = SessionCrypto.sealing(KeyRing.parse(newKey + "," + oldKey));
        SessionCrypto finished = SessionCrypto.sealing(KeyRing.parse(newKey));

        byte[] before = crypto.seal(PLAIN, PLACE);
        byte[] step1 = added.seal(PLAIN, PLACE);
        byte[] step2 = promoted.seal(PLAIN, PLACE);
        assertThat(crypto.open(step1, PLACE)).as("a node without the new key").isEqualTo(PLAIN);
        for (SessionCrypto node : List.of(added, promoted)) {
            for (byte[] sealed : List.of(before, step1, step2)) {
                assertThat(node.open(sealed, PLACE)).isEqualTo(PLAIN);
            }
        }
        assertThat(finished.open(step2, PLACE)).isEqualTo(PLAIN);
        assertThatThrownBy(() -> finished.open(before, PLACE)).isInstanceOf(NotAuthenticException.class);
    }

    @Test
    void keepsEncryptedAndPlaintextApart() {
        byte[] inClear = plaintext.seal(PLAIN, PLACE);
        byte[] sealed = crypto.seal(PLAIN, PLACE);
        for (Callable<byte[]> refused :
                List.<Callable<byte[]>>of(() -> crypto.open(inClear, PLACE), () -> crypto.identityOf(inClear))) {
            assertThatThrownBy(refused::call)
                    .isInstanceOf(NotAuthenticException.class)
                    .hasMessageContaining("is in plaintext, and encryption is required here");
        }
        for (Callable<byte[]> refused :
                List.<Callable<byte[]>>of(() -> plaintext.open(sealed, PLACE), () -> plaintext.identityOf(sealed))) {
            assertThatThrownBy(refused::call)
                    .isInstanceOf(NotAuthenticException.class)
                    .hasMessageContaining("encryption=\"plaintext\" opens nothing encrypted");
        }
    }

    @Test
    void plaintextNoticesOnlyWhatHasNoForm() {
        byte[] inClear = plaintext.seal(PLAIN, PLACE);
        inClear[30] ^= 1;
        assertThat(plaintext.open(inClear, new byte[0])).hasSameSizeAs(PLAIN).isNotEqualTo(PLAIN);
        for (int length = 0; length < 25; length++) {
            byte[] cut = Arrays.copyOf(inClear, length);
            assertThatThrownBy(() -> plaintext.open(cut, PLACE)).hasMessageContaining("cut off at " + cut.length);
        }
        inClear[0] = 9;
        assertThatThrownBy(() -> plaintext.open(inClear, PLACE)).hasMessageContaining("format version 9");
    }

    @Test
    void everySealingHasItsOwnIdentity() {
        for (SessionCrypto each : List.of(crypto, plaintext)) {
            Set<String> identities = new HashSet<>();
            for (int i = 0; i < 1000; i++) {
                byte[] sealed = each.seal(PLAIN, PLACE);
                assertThat(each.identityOf(sealed)).hasSize(24).isEqualTo(each.identityOf(sealed));
                identities.add(latin1(each.identityOf(sealed)));
            }
            assertThat(identities).hasSize(1000);
            assertThatThrownBy(() -> each.identityOf(new byte[] {1, 2, 3})).isInstanceOf(NotAuthenticException.class);
            assertThatThrownBy(() -> each.identityOf(new byte[0])).hasMessageContaining("cut off at 0 bytes");
        }
    }

    @Test
    void servesManyThreadsAtOnceWhileSomeOpenForgeries() throws Exception {
        int threads = 8;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CountDownLatch start = new CountDownLatch(threads);
        try {
            List<Future<Integer>> results = IntStream.range(0, threads)
                    .mapToObj(thread -> pool.submit(() -> {
                        start.countDown();
                        start.await();
                        int refused = 0;
                        for (int i = 0; i < 2000; i++) {
                            byte[] plain = (thread + " " + i).getBytes(StandardCharsets.UTF_8);
                            byte[] sealed = crypto.seal(plain, PLACE);
                            assertThat(crypto.open(sealed, PLACE)).isEqualTo(plain);
                            if (i % 10 == thread) {
                                sealed[sealed.length - 1] ^= 1;
                                assertThatThrownBy(() -> crypto.open(sealed, PLACE))
                                        .isInstanceOf(NotAuthenticException.class);
                                refused++;
                            }
                        }
                        return refused;
                    }))
                    .toList();
            for (Future<Integer> result : results) {
                assertThat(result.get()).isEqualTo(200);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private void assertNotAuthentic(byte[] sealed, byte[] place, String message) {
        assertThatThrownBy(() -> crypto.open(sealed, place))
                .isInstanceOf(NotAuthenticException.class)
                .hasMessageContaining(message);
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
