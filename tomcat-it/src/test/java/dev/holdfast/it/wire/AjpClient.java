package dev.holdfast.it.wire;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** As much of AJP 1.3 as a proxy needs: one request on a connection of its own. The format is that of Tomcat's connector manual. */
final class AjpClient extends InputStream {
    private static final int BODY_CHUNK = 3;
    private static final int HEADERS = 4;
    private static final int END = 5;
    private static final int GET_BODY = 6;

    private static final int CODED = 0xA0;
    private static final List<String> CODED_NAMES = List.of(
            "content-type",
            "content-language",
            "content-length",
            "date",
            "last-modified",
            "location",
            "set-cookie",
            "set-cookie2",
            "servlet-engine",
            "status",
            "www-authenticate");

    private final Socket socket;
    private final DataInputStream in;
    private byte[] chunk = new byte[0];
    private int position;
    private boolean ended;

    private AjpClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
    }

    static Exchange begin(int port, String method, String path, Map<String, String> headers, String body)
            throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(15_000);
        AjpClient client = new AjpClient(socket);
        socket.getOutputStream().write(AjpRequest.forward(method, path, headers, body));
        if (!body.isEmpty()) {
            socket.getOutputStream().write(AjpRequest.bodyChunk(body));
        }
        int type = client.packet();
        if (type != HEADERS) {
            throw new IOException("the first packet is of type " + type);
        }
        return client.header();
    }

    private Exchange header() throws IOException {
        int status = in.readUnsignedShort();
        string();
        Map<String, String> headers = new HashMap<>();
        int count = in.readUnsignedShort();
        for (int i = 0; i < count; i++) {
            int length = in.readUnsignedShort();
            String name = length >> 8 == CODED
                    ? CODED_NAMES.get((length & 0xFF) - 1)
                    : characters(length).toLowerCase(Locale.ROOT);
            headers.merge(name, string(), (one, other) -> one + "\n" + other);
        }
        return new Exchange(status, headers, this);
    }

    /** @return the type of the next packet that concerns the answer */
    private int packet() throws IOException {
        while (true) {
            if (in.readUnsignedShort() != 0x4142) {
                throw new IOException("not a packet");
            }
            in.readUnsignedShort();
            int type = in.readUnsignedByte();
            if (type != GET_BODY) {
                return type;
            }
            in.readUnsignedShort();
            socket.getOutputStream().write(AjpRequest.bodyChunk(""));
        }
    }

    private String string() throws IOException {
        return characters(in.readUnsignedShort());
    }

    private String characters(int length) throws IOException {
        String text = new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
        in.readUnsignedByte();
        return text;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (position == chunk.length) {
            if (ended) {
                return -1;
            }
            int type = packet();
            if (type == END) {
                in.readUnsignedByte();
                ended = true;
            } else if (type == BODY_CHUNK) {
                int size = in.readUnsignedShort();
                chunk = in.readNBytes(size);
                in.readUnsignedByte();
                position = 0;
                if (chunk.length < size) {
                    throw new EOFException("in the middle of a chunk");
                }
            } else {
                throw new IOException("a packet of type " + type + " after the header");
            }
        }
        int taken = Math.min(length, chunk.length - position);
        System.arraycopy(chunk, position, target, offset, taken);
        position += taken;
        return taken;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
