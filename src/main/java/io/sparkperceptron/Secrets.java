package io.sparkperceptron;

import java.util.regex.Pattern;

/** Masks user names, passwords and keys in URIs that are shown or stored. */
public final class Secrets {

    /**
     * Matches the part of a URI before the last at sign of its authority, if it has a colon, as in
     * {@code ftp://user:password@host}. For http, https and S3 it matches without a colon too. A container of Azure, as
     * in {@code abfs://container@account}, is no secret. A secret key may hold slashes; the text before a slash may be
     * a port.
     */
    private static final Pattern LOGIN = Pattern.compile("(?<=://)(?:[^/\\s?#]*:[^/\\s?#]*"
            + "|(?<=\\b(?:https?|s3[an]?)://)[^/\\s?#]+"
            + "|(?<=\\bs3[an]?://)[^/\\s@:?#]+:[^\\s@]*"
            + "|[^/\\s@:?#\\[]+:(?!\\d*(?![\\w+=]))[^\\s@]*)@");

    private Secrets() {}

    /** Returns the text with every login in a URI masked; null for null. */
    public static String masked(String text) {
        return text == null || text.indexOf('@') < 0
                ? text
                : LOGIN.matcher(text).replaceAll("***@");
    }
}
