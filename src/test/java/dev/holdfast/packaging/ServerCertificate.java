package dev.holdfast.packaging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A self-signed certificate for the host {@code localhost} and its private key, made by the JDK's keytool.
 *
 * @param certificate in PEM
 * @param privateKey in PEM
 */
record ServerCertificate(String certificate, String privateKey) {
    private static final String ALIAS = "server";
    private static final String PASSWORD = "changeit";

    static ServerCertificate make(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        Path keyStore = folder.resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        keyStore.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException("keytool failed: " + said);
        }
        KeyStore made = KeyStore.getInstance(keyStore.toFile(), PASSWORD.toCharArray());
        return new ServerCertificate(
                pem("CERTIFICATE", made.getCertificate(ALIAS).getEncoded()),
                pem("PRIVATE KEY", made.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()));
    }

    Path writeCertificate(Path file) throws IOException {
        return Files.writeString(file, certificate);
    }

    private static String pem(String what, byte[] bytes) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "ServerCertificate[CN=localhost]";
    }
}
