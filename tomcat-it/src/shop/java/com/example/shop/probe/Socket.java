package com.example.shop.probe;

import jakarta.servlet.http.HttpSession;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;

/** A WebSocket that keeps what it is told in the HTTP session of its handshake: {@code name=value}. */
@ServerEndpoint(value = "/socket", configurator = Socket.InSession.class)
public class Socket {
    private static final String KEY = "http-session";

    private HttpSession http;

    /** Hands over the HTTP session. */
    public static class InSession extends ServerEndpointConfig.Configurator {
        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            config.getUserProperties().put(KEY, request.getHttpSession());
        }
    }

    @OnOpen
    public void open(Session session, EndpointConfig config) {
        http = (HttpSession) config.getUserProperties().get(KEY);
    }

    @OnMessage
    public String receive(String message) {
        String[] pair = message.split("=", 2);
        http.setAttribute(pair[0], pair[1]);
        return "kept " + pair[0];
    }
}
