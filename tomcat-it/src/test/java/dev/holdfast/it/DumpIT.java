package dev.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.it.holdfast.Row;
import dev.holdfast.it.http.Browser;
import dev.holdfast.it.node.TomcatLine;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Who has a full dump of the table has nothing. */
@ParameterizedClass
@EnumSource
final class DumpIT {
    private static final String NAME = "attributeNameOfTheDumpTest";
    private static final String VALUE = "valueOfTheDumpTest";
    private static final int SHORTEST_FORM = 6;
    private static final String NOTE = "noteOfTheDumpTest";

    private final Site site;
    private final Shopper shopper = new Shopper();

    DumpIT(TomcatLine line) {
        site = Site.of(line);
    }

    @Test
    void containsNoNameNoValueNoUserAndNoSessionId() {
        Browser browser = shopper.browser();
        shopper.add(site.a());
        browser.probe(site.a(), "set:" + NAME + ":" + VALUE, "append:" + NAME + "List:" + VALUE);
        browser.post(site.a(), "/shop/account/order", Map.of("giftNote", NOTE));
        String waitingForLogin = shopper.sessionId();
        List<Row> dump = new ArrayList<>(site.table().rows());
        browser.post(
                site.b(),
                "/shop/account/j_security_check",
                Map.of("j_username", Shopper.USER, "j_password", Shopper.PASSWORD));
        browser.get(site.a(), "/shop/account/order");
        shopper.logIn(site.b()).add(site.a());
        dump.addAll(site.table().rows());

        assertThat(site.table().row("/shop", shopper.sessionId())).isPresent();
        for (String secret : List.of(
                NAME,
                VALUE,
                NOTE,
                Shopper.USER,
                "Storm lamp",
                "com.example",
                "java.util",
                shopper.label(),
                waitingForLogin.split("\\.")[0],
                shopper.sessionId().split("\\.")[0])) {
            assertNowhere(secret, dump);
        }
    }

    @Test
    void theSearchFindsWhatIsThere() {
        LinkedHashMap<String, Object> columns = new LinkedHashMap<>();
        columns.put("base", "...lantern...".getBytes(StandardCharsets.UTF_16LE));
        columns.put("delta", Base64.getEncoder().encode("x<lantern>".getBytes(StandardCharsets.UTF_8)));
        columns.put("app", HexFormat.of().formatHex("lantern".getBytes(StandardCharsets.UTF_8)));
        columns.put("claim", "lante");

        assertThat(traces("lantern", List.of(new Row(columns)))).containsExactly("base", "delta", "app");
    }

    private static void assertNowhere(String secret, List<Row> dump) {
        assertThat(traces(secret, dump))
                .as("columns in which %s can be read", secret)
                .isEmpty();
    }

    /** The columns in which the text stands, plain, in UTF-16, in hexadecimal digits or in Base64, at any offset. */
    private static List<String> traces(String secret, List<Row> dump) {
        List<String> found = new ArrayList<>();
        for (Row row : dump) {
            row.columns().forEach((column, value) -> {
                byte[] bytes = value instanceof byte[] raw
                        ? raw
                        : String.valueOf(value).getBytes(StandardCharsets.UTF_8);
                if (forms(secret).stream().anyMatch(form -> latin1(bytes).contains(form))) {
                    found.add(column);
                }
            });
        }
        return found;
    }

    private static List<String> forms(String secret) {
        List<String> forms = new ArrayList<>();
        for (var charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
            byte[] bytes = secret.getBytes(charset);
            forms.add(latin1(bytes));
            forms.add(latin1(reversed(bytes)));
            forms.add(HexFormat.of().formatHex(bytes));
            forms.add(HexFormat.of().formatHex(bytes).toUpperCase(Locale.ROOT));
            for (int offset = 0; offset < 3; offset++) {
                forms.add(base64At(offset, bytes));
            }
        }
        // shorter ones would be found in random bytes by chance
        return forms.stream().filter(form -> form.length() >= SHORTEST_FORM).toList();
    }

    /** The part of the Base64 form that does not depend on what stands before and after. */
    private static String base64At(int offset, byte[] bytes) {
        ByteArrayOutputStream shifted = new ByteArrayOutputStream();
        shifted.writeBytes(new byte[offset]);
        shifted.writeBytes(bytes);
        String text = Base64.getEncoder().withoutPadding().encodeToString(shifted.toByteArray());
        int whole = (offset + bytes.length) / 3 * 4;
        return text.substring(offset == 0 ? 0 : 4, whole);
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
