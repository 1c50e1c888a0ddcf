package io.sparkperceptron;

import java.util.regex.Pattern;

/** Hides what people write into URIs to log in with, wherever a URI is shown or kept. */
public final class Secrets {

    /**
     * What stands before the last at sign of an authority: with a colon in it, as in {@code ftp://user:password@host}, or on the web and on S3
     * whatever it is. A container of Azure's, as in {@code abfs://container@account}, is no secret. A secret key may hold slashes, and what
     * stands before a slash may be a port.
     */
    private static final Pattern LOGIN = Pattern.compile("(?<=://)(?:[^/\\s?#]*:[^/\\s?#]*"
            + "|(?<=\\b(?:https?|s3[an]?)://)[^/\\s?#]+"
            + "|(?<=\\bs3[an]?://)[^/\\s@:?#]+:[^\\s@]*"
            + "|[^/\\s@:?#\\[]+:(?!\\d*(?![\\w+=]))[^\\s@]*)@");

    private static final String MASK = "***@";

    private Secrets() {}

    /**
     * The text with every login in a URI masked.
     *
     * @param text null stays null
     */
    public static String masked(String text) {
        return text == null || text.indexOf('@') < 0
                ? text
                : LOGIN.matcher(text).replaceAll(MASK);
    }
}
