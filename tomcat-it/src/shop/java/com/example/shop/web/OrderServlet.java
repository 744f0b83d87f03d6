package com.example.shop.web;

import com.example.shop.Cart;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;

/** Takes an order. Behind the container's login: who is not logged in fills in the form once and is led back here. */
public class OrderServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSession session = request.getSession();
        Cart cart = (Cart) session.getAttribute("cart");
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter()
                .println("order by " + request.getRemoteUser()
                        + " customer=" + request.isUserInRole("customer")
                        + " items=" + (cart == null ? 0 : cart.getItems().size())
                        + " gift-note=" + request.getParameter("giftNote"));
    }
}
