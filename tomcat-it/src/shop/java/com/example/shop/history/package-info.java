/** What the checker of histories asks of the application: small steps on a session, each answered with one line. */
package com.example.shop.history;
