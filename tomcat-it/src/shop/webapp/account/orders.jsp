<%@ page contentType="text/html;charset=UTF-8" %>
<html>
<head><title>Your orders</title></head>
<body>
<h1>Orders of <%= request.getRemoteUser() %></h1>
<form action="order" method="post"><input name="giftNote"> <input type="submit" value="Order"></form>
</body>
</html>
