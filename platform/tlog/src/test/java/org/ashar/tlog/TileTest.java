package org.ashar.tlog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ashar.kernel.Checked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TileTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 256, tile/0/000",
        "0, 67, 256, tile/0/067",
        "0, 255, 1, tile/0/255.p/1",
        "0, 999, 256, tile/0/999",
        "1, 1000, 256, tile/1/x001/000",
        "63, 1001, 255, tile/63/x001/001.p/255",
        "2, 1000000, 256, tile/2/x001/x000/000",
        "0, 1234067, 17, tile/0/x001/x234/067.p/17",
        "-1, 273, 112, tile/entries/273.p/112"
    })
    void paths_are_read_as_they_are_written(int level, long index, int width, String path) {
        Tile tile = new Tile(level, index, width);
        assertThat(tile.path()).isEqualTo(path);
        assertThat(Tile.parse(path).orThrow()).isEqualTo(tile);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tile",
                "tile/0/",
                "tile/0/0",
                "tile/0/1000",
                "tile/00/000",
                "tile/01/000",
                "tile/64/000",
                "tile/99/000",
                "tile/-1/000",
                "tile/0/x000/001",
                "tile/0/x1/000",
                "tile/0/001/000",
                "tile/0/000.p/0",
                "tile/0/000.p/01",
                "tile/0/000.p/256",
                "tile/0/000.p/999",
                "tile/0/000.p/",
                "tile/0/000/",
                "/tile/0/000",
                "tile/0/x999/x999/x999/x999/x999/x999/999",
                "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
                "tile/entries/000.p/256",
                "tile/entrie/000",
                "tile/0/٠٠٠"
            })
    void other_spellings_are_refused(String path) {
        assertThat(Tile.parse(path)).isInstanceOf(Checked.Invalid.class);
    }

    @Test
    void no_tile_is_within_by_an_index_that_runs_over() {
        Tile beyond = Tile.parse("tile/entries/x072/x057/x594/x037/x927/936").orThrow();
        assertThat(beyond.index()).isEqualTo(1L << 56);
        assertThat(beyond.isWithin(70_000)).isFalse();
        assertThat(Tile.parse("tile/0/x999/x999/x999/x999/x999/999").orThrow().isWithin(70_000))
                .isFalse();
    }

    @Test
    void seventy_thousand_entries_make_the_tiles_of_the_specification() {
        long size = 70_000;
        assertThat(Tile.widthAt(0, 272, size)).isEqualTo(256);
        assertThat(Tile.widthAt(0, 273, size)).isEqualTo(112);
        assertThat(Tile.widthAt(0, 274, size)).isZero();
        assertThat(Tile.widthAt(1, 0, size)).isEqualTo(256);
        assertThat(Tile.widthAt(1, 1, size)).isEqualTo(17);
        assertThat(Tile.widthAt(2, 0, size)).isEqualTo(1);
        assertThat(Tile.widthAt(3, 0, size)).isZero();
        assertThat(Tile.widthAt(63, 0, size)).isZero();
        assertThat(Tile.widthAt(Tile.ENTRIES, 273, size)).isEqualTo(112);
        assertThat(new Tile(0, 273, 112).isWithin(size)).isTrue();
        assertThat(new Tile(0, 273, 113).isWithin(size)).isFalse();
        assertThat(Tile.widthAt(0, 0, 256)).isEqualTo(256);
        assertThat(Tile.widthAt(1, 0, 256)).isEqualTo(1);
    }

    @Test
    void a_subtree_is_found_in_the_tile_that_holds_it() {
        assertThat(Tile.holding(0, 69_999, 70_000)).isEqualTo(new Tile(0, 273, 112));
        assertThat(Tile.holding(8, 272, 70_000)).isEqualTo(new Tile(1, 1, 17));
        assertThat(Tile.holding(7, 1, 256)).isEqualTo(new Tile(0, 0, 256));
        assertThatIllegalArgumentException().isThrownBy(() -> Tile.holding(8, 273, 70_000));
        assertThatIllegalArgumentException().isThrownBy(() -> Tile.holding(7, 0, 127));
    }

    @Test
    void bundles_give_their_entries_back() {
        Random random = new Random();
        byte[] longest = new byte[EntryBundle.LONGEST_ENTRY];
        random.nextBytes(longest);
        List<byte[]> entries = List.of("one".getBytes(UTF_8), new byte[0], longest);
        byte[] bundle = EntryBundle.of(entries);
        assertThat(EntryBundle.parse(bundle, 3).orThrow()).containsExactlyElementsOf(entries);
        assertThat(EntryBundle.parse(bundle, 2)).isInstanceOf(Checked.Invalid.class);
        assertThat(EntryBundle.parse(bundle, 4)).isInstanceOf(Checked.Invalid.class);
        for (int cut = 1; cut < 20; cut++) {
            byte[] cutOff = Arrays.copyOf(bundle, bundle.length - cut);
            assertThat(EntryBundle.parse(cutOff, 3)).isInstanceOf(Checked.Invalid.class);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EntryBundle.of(List.of(new byte[0x10000])));
    }
}
