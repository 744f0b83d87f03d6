<%@ page contentType="text/html;charset=UTF-8" session="true" %>
<%@ page import="com.example.shop.*" %>
<%
  Cart cart = (Cart) session.getAttribute("cart");
  Customer customer = (Customer) session.getAttribute("customer");
%>
<html>
<head><title>Ship's chandler</title></head>
<body>
<h1>Ship's chandler</h1>
<p>
<% if (customer == null) { %>
  You are not logged in.
  <form action="login" method="post">
    <input name="user"> <input name="password" type="password"> <input type="submit" value="Log in">
  </form>
<% } else { %>
  Welcome back, <b><%= customer.getName().replaceAll("[<>&]", "") %></b>.
  <form action="logout" method="post"><input type="submit" value="Log out"></form>
<% } %>
</p>
<table border="1">
<% for (Item product : Catalogue.products()) { %>
  <tr>
    <td><%= product.getName() %></td>
    <td><%= product.getPriceInCents() / 100.0 %></td>
    <td><form action="cart" method="post">
      <input type="hidden" name="sku" value="<%= product.getSku() %>"><input type="submit" value="Add">
    </form></td>
  </tr>
<% } %>
</table>
<h2>Your cart</h2>
<ul>
<% if (cart != null) { for (Item item : cart.getItems()) { %>
  <li><%= item.getQuantity() %> x <%= item.getName() %></li>
<% } } %>
</ul>
<p><a href="account/orders.jsp">Your orders</a></p>
</body>
</html>
