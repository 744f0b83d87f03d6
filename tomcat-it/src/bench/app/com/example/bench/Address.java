package com.example.bench;

import java.io.Serializable;

/** A bean of an application from long ago. */
public class Address implements Serializable {
    private static final long serialVersionUID = 1L;

    private String street = "";
    private String postcode = "";
    private String city = "";
    private String country = "";

    public String getStreet() {
        return street;
    }

    public void setStreet(String street) {
        this.street = street;
    }

    public String getPostcode() {
        return postcode;
    }

    public void setPostcode(String postcode) {
        this.postcode = postcode;
    }

    public String getCity() {
        return city;
    }

    public void setCity(String city) {
        this.city = city;
    }

    public String getCountry() {
        return country;
    }

    public void setCountry(String country) {
        this.country = country;
    }
}
