package org.ashar.tlog;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ashar.kernel.Checked;

/**
 * Names a tile of hashes or a bundle of entries (C2SP tlog-tiles).
 *
 * @param level 0 to 63 for hashes; {@link #ENTRIES} for a bundle of entries
 * @param index of the tile within its level, from 0
 * @param width how many of its 256 places are meant: 256 for a full tile
 */
public record Tile(int level, long index, int width) {

    /** The level of entry bundles. */
    public static final int ENTRIES = -1;

    /** Hashes in a full tile, entries in a full bundle. */
    public static final int FULL = 256;

    /** Levels of the tree in a level of tiles. */
    public static final int HEIGHT = 8;

    private static final Pattern PATH =
            Pattern.compile(
                    "tile/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");
    private static final int MAX_LEVEL = 63;

    public Tile {
        if (level < ENTRIES || level > MAX_LEVEL || index < 0 || width < 1 || width > FULL) {
            throw new IllegalArgumentException(
                    "no tile at level " + level + ", " + index + " of width " + width);
        }
    }

    /** Reads a path such as {@code tile/0/x001/234.p/17}: one spelling for each tile, no other. */
    public static Checked<Tile> parse(String path) {
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            return Checked.invalid("tile.malformed");
        }
        String groups = matcher.group(2).replace("x", "").replace("/", "");
        int level =
                matcher.group(1).equals("entries") ? ENTRIES : Integer.parseInt(matcher.group(1));
        int width = matcher.group(3) == null ? FULL : Integer.parseInt(matcher.group(3));
        if (level > MAX_LEVEL || width > FULL) {
            return Checked.invalid("tile.malformed");
        }
        Tile tile = new Tile(level, Long.parseLong(groups), width);
        return tile.path().equals(path) ? Checked.valid(tile) : Checked.invalid("tile.malformed");
    }

    /**
     * The tile that holds a full subtree's root in a tree of {@code size} entries, as wide as that
     * tree makes it. Throws {@link IllegalArgumentException} where the tree has no such subtree.
     *
     * @param height of the subtree: it holds 2^height entries
     * @param position counted in subtrees of this height
     */
    public static Tile holding(int height, long position, long size) {
        int level = height / HEIGHT;
        // The subtree is a node inside the tile: its leftmost hash there tells which tile.
        long first = position << (height % HEIGHT);
        long index = first / FULL;
        Tile tile = new Tile(level, index, widthAt(level, index, size));
        if ((first % FULL) + (1L << (height % HEIGHT)) > tile.width) {
            throw new IllegalArgumentException("not full in a tree of " + size);
        }
        return tile;
    }

    /**
     * How wide a tile is in a tree of {@code size} entries: 0 where it does not exist, 256 full.
     */
    public static int widthAt(int level, long index, long size) {
        int shift = Math.max(0, level) * HEIGHT;
        long hashes = shift >= Long.SIZE ? 0 : size >>> shift;
        long full = hashes / FULL;
        if (index < full) {
            return FULL;
        }
        return index == full ? (int) (hashes % FULL) : 0;
    }

    /** Whether a tree of {@code size} entries has all that this tile names. */
    public boolean isWithin(long size) {
        return width <= widthAt(level, index, size);
    }

    /** Its address under the log's prefix, such as {@code tile/0/x001/234.p/17}. */
    public String path() {
        StringBuilder path = new StringBuilder("tile/");
        path.append(level == ENTRIES ? "entries" : Integer.toString(level)).append('/');
        String digits = Long.toString(index);
        digits = "0".repeat((3 - digits.length() % 3) % 3) + digits;
        for (int at = 0; at < digits.length(); at += 3) {
            boolean last = at + 3 == digits.length();
            path.append(last ? "" : "x").append(digits, at, at + 3).append(last ? "" : "/");
        }
        return width == FULL ? path.toString() : path.append(".p/").append(width).toString();
    }
}
