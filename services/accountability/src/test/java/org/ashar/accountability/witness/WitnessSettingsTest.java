package org.ashar.accountability.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.URI;
import org.ashar.tlog.NoteKey;
import org.ashar.tlog.NoteKey.Kind;
import org.ashar.tlog.NoteSigner;
import org.ashar.tlog.WitnessPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WitnessSettingsTest {

    private static final NoteKey FIRST = key("w1.example.org", 1);
    private static final NoteKey SECOND = key("w2.example.org", 2);

    @Test
    void witnesses_are_named_by_address_and_key() {
        WitnessSettings settings =
                WitnessSettings.of(
                        " https://w1.example.org %s,\n http://10.0.0.7:8090/w/ %s "
                                .formatted(FIRST.vkey(), SECOND.vkey()),
                        " 2 ");
        assertThat(settings.policy().quorum()).isEqualTo(2);
        assertThat(settings.policy().witnesses()).containsExactly(FIRST, SECOND);
        assertThat(settings.addresses())
                .containsExactly(
                        URI.create("https://w1.example.org/"),
                        URI.create("http://10.0.0.7:8090/w/"));
    }

    @Test
    void without_witnesses_every_checkpoint_will_do() {
        assertThat(WitnessSettings.of("", " ").policy()).isEqualTo(WitnessPolicy.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "https://w1.example.org/,1,WITNESSES",
                "https://w1.example.org/ rubbish,1,WITNESSES",
                "ftp://w1.example.org/ FIRST,1,WITNESSES",
                "w1.example.org FIRST,1,WITNESSES",
                "http://[ FIRST,1,WITNESSES",
                "https://w1.example.org/?a=b FIRST,1,WITNESSES",
                "https://w1.example.org/ LOG,1,WITNESSES",
                "https://w1.example.org/ FIRST https://w2.example.org/ FIRST,1,WITNESSES",
                "https://w1.example.org/ FIRST,'',QUORUM",
                "https://w1.example.org/ FIRST,0,QUORUM",
                "https://w1.example.org/ FIRST,2,QUORUM",
                "https://w1.example.org/ FIRST,-1,QUORUM",
                "https://w1.example.org/ FIRST,one,QUORUM",
                "'',1,QUORUM"
            })
    void what_is_not_understood_is_refused_by_its_name(
            String witnesses, String quorum, String named) {
        String log = NoteSigner.of("log.example.org", Kind.ED25519, new byte[32]).key().vkey();
        String given = witnesses.replace("FIRST", FIRST.vkey()).replace("LOG", log);
        assertThatIllegalStateException()
                .isThrownBy(() -> WitnessSettings.of(given, quorum))
                .withMessageContaining("ASHAR_LEDGER_" + named);
    }

    private static NoteKey key(String name, int seed) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) seed;
        return NoteSigner.of(name, Kind.COSIGNATURE, bytes).key();
    }
}
