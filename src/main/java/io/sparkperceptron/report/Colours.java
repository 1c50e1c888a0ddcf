package io.sparkperceptron.report;

import java.awt.Color;
import java.util.Locale;

/** Colour scales that colour-blind people can read too. */
public final class Colours {

    /** The colours of M. Okabe and K. Ito ("Color Universal Design", 2008) without black and yellow. */
    static final Color[] SERIES = {
        new Color(0x0072B2),
        new Color(0xD55E00),
        new Color(0x009E73),
        new Color(0xCC79A7),
        new Color(0xE69F00),
        new Color(0x56B4E9)
    };

    /** From dark blue over near white to dark red (C. Brewer's RdBu). */
    private static final int[] DIVERGING = {
        0x053061, 0x2166AC, 0x4393C3, 0x92C5DE, 0xD1E5F0, 0xF7F7F7, 0xFDDBC7, 0xF4A582, 0xD6604D, 0xB2182B, 0x67001F
    };

    /** From dark blue over green to yellow, with lightness that always rises (S. van der Walt, N. Smith: viridis). */
    private static final int[] SEQUENCE = {
        0x440154, 0x46327E, 0x365C8D, 0x277F8E, 0x1FA187, 0x4AC16D, 0xA0DA39, 0xE8D010
    };

    private Colours() {}

    /** The colour of series {@code index} of {@code count}: many series have shades in their order. */
    static Color series(int index, int count) {
        return count <= SERIES.length ? SERIES[index] : scale(SEQUENCE, index / (double) (count - 1));
    }

    /** The colour of {@link #series} as in CSS and SVG. */
    public static String hexadecimal(int index, int count) {
        return String.format(Locale.ROOT, "#%06x", series(index, count).getRGB() & 0xFFFFFF);
    }

    /** Blue up to -1, near white at 0, red from 1 on. */
    static Color diverging(double value) {
        return scale(DIVERGING, (value + 1) / 2);
    }

    private static Color scale(int[] colours, double value) {
        double position = Math.max(0, Math.min(1, value)) * (colours.length - 1);
        int below = Math.min((int) position, colours.length - 2);
        return mix(new Color(colours[below]), new Color(colours[below + 1]), position - below);
    }

    static Color towards(Color full, double fraction) {
        return mix(Color.WHITE, full, Math.max(0, Math.min(1, fraction)));
    }

    private static Color mix(Color from, Color to, double part) {
        return new Color(
                (int) Math.round(from.getRed() + part * (to.getRed() - from.getRed())),
                (int) Math.round(from.getGreen() + part * (to.getGreen() - from.getGreen())),
                (int) Math.round(from.getBlue() + part * (to.getBlue() - from.getBlue())));
    }
}
