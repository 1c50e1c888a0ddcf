package io.sparkperceptron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            s3a://KEY:SECRET@bucket/a           | s3a://***@bucket/a
            s3a://KEY:SEC/RE+T=@bucket/a        | s3a://***@bucket/a
            s3a://KEY:4/SECRET@bucket           | s3a://***@bucket
            s3n://KEY@bucket                    | s3n://***@bucket
            No file s3://A:B@b, nor s3://C:D@b! | No file s3://***@b, nor s3://***@b!
            got 'http://me:secret@host:8080/x'  | got 'http://***@host:8080/x'
            https://token@host                  | https://***@host
            ftp://me:p@ss@host/a                | ftp://***@host/a
            sftp://me:p/ss@host/a               | sftp://***@host/a
            --data=hdfs://me:secret@host:8020/a | --data=hdfs://***@host:8020/a
            hdfs://h:8020/a,s3a://K:S@b/c       | hdfs://h:8020/a,s3a://***@b/c
            hdfs://h:8020,s3a://K:S@b/c         | hdfs://h:8020,s3a://***@b/c
            """)
    void masksWhatSomebodyLogsInWith(String text, String masked) {
        assertEquals(masked, Secrets.masked(text));
        assertEquals(masked, Secrets.masked(masked));
        assertEquals(masked, new UserException(text).getMessage());
        assertEquals(masked, UserException.reason(new IllegalArgumentException(text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abfs://container@account.dfs.core.windows.net/a",
                "hdfs://host:8020/a@b",
                "http://host:8080/a@b",
                "http://[2001:db8::1]:8080/a@b",
                "s3a://bucket/a@b:c@d",
                "file:/a:b@c",
                "rows 1:2@3",
                "@my.args",
                ""
            })
    void leavesTheRestAsItIs(String text) {
        assertEquals(text, Secrets.masked(text));
    }

    @Test
    void nothingStaysNothing() {
        assertNull(Secrets.masked(null));
        assertNull(new UserException(null).getMessage());
    }
}
