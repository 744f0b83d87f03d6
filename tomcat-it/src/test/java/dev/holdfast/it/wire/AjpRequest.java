package dev.holdfast.it.wire;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The packets that a proxy sends to Tomcat over AJP 1.3. */
final class AjpRequest {
    private static final int FORWARD_REQUEST = 2;
    private static final int QUERY_STRING = 5;
    private static final int ARE_DONE = 0xFF;
    /** In the order of their codes, which begin with 1. */
    private static final List<String> METHODS = List.of("OPTIONS", "GET", "HEAD", "POST");

    private AjpRequest() {}

    static byte[] forward(String method, String path, Map<String, String> headers, String body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        String[] parts = path.split("\\?", 2);
        out.writeByte(FORWARD_REQUEST);
        out.writeByte(METHODS.indexOf(method) + 1);
        string(out, "HTTP/1.1");
        string(out, parts[0]);
        string(out, "127.0.0.1");
        string(out, "client");
        string(out, "127.0.0.1");
        out.writeShort(80);
        out.writeBoolean(false);
        Map<String, String> all = new TreeMap<>(headers);
        if (!body.isEmpty()) {
            all.put("content-length", Integer.toString(body.getBytes(StandardCharsets.UTF_8).length));
        }
        out.writeShort(all.size());
        for (Map.Entry<String, String> header : all.entrySet()) {
            string(out, header.getKey());
            string(out, header.getValue());
        }
        if (parts.length > 1) {
            out.writeByte(QUERY_STRING);
            string(out, parts[1]);
        }
        out.writeByte(ARE_DONE);
        return packet(bytes.toByteArray());
    }

    /** The first chunk is sent unasked; an empty one says that there is no more. */
    static byte[] bodyChunk(String body) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        if (content.length == 0) {
            return packet(content);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(content.length);
        out.write(content);
        return packet(bytes.toByteArray());
    }

    private static byte[] packet(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(0x1234);
        out.writeShort(content.length);
        out.write(content);
        return bytes.toByteArray();
    }

    private static void string(DataOutputStream out, String text) throws IOException {
        byte[] characters = text.getBytes(StandardCharsets.ISO_8859_1);
        out.writeShort(characters.length);
        out.write(characters);
        out.writeByte(0);
    }
}
