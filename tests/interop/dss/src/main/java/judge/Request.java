package judge;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** One request and its members, each read as what it must be; a missing or wrong one is an exception that names it. */
record Request(Map<String, Object> members) {

    Object id() {
        return members.get("id");
    }

    boolean has(String name) {
        return members.get(name) != null;
    }

    String text(String name) {
        if (members.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(name + " must be a string");
    }

    String text(String name, String otherwise) {
        return has(name) ? text(name) : otherwise;
    }

    boolean flag(String name, boolean otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        if (members.get(name) instanceof Boolean flag) {
            return flag;
        }
        throw new IllegalArgumentException(name + " must be true or false");
    }

    int count(String name) {
        if (members.get(name) instanceof Long number && number >= 0 && number <= 1_000_000) {
            return number.intValue();
        }
        throw new IllegalArgumentException(name + " must be a whole number from 0 to 1000000");
    }

    /** The moment of that name, ISO 8601 with a zone; null if it is absent. */
    Date moment(String name) {
        return has(name) ? Date.from(OffsetDateTime.parse(text(name)).toInstant()) : null;
    }

    /** Bytes given as the path of a file in `file`, or as base64 in `content`. */
    byte[] bytes(String file, String content) throws IOException {
        return has(content) ? Base64.getDecoder().decode(text(content)) : Files.readAllBytes(Path.of(text(file)));
    }

    /** Every certificate in the files of that name, DER or PEM, any number a file. */
    List<X509Certificate> certificates(String name) throws IOException, GeneralSecurityException {
        List<X509Certificate> found = new ArrayList<>();
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        for (byte[] file : files(name)) {
            factory.generateCertificates(new ByteArrayInputStream(file)).forEach(one -> found.add((X509Certificate) one));
        }
        return found;
    }

    /** Every revocation list in the files of that name, DER or PEM, as DER. */
    List<byte[]> crls(String name) throws IOException, GeneralSecurityException {
        List<byte[]> found = new ArrayList<>();
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        for (byte[] file : files(name)) {
            for (var one : factory.generateCRLs(new ByteArrayInputStream(file))) {
                found.add(((X509CRL) one).getEncoded());
            }
        }
        return found;
    }

    /** The files of that name as they are; none if it is absent. */
    List<byte[]> files(String name) throws IOException {
        List<byte[]> found = new ArrayList<>();
        if (!has(name)) {
            return found;
        }
        if (!(members.get(name) instanceof List<?> paths)) {
            throw new IllegalArgumentException(name + " must be a list of paths");
        }
        for (Object path : paths) {
            found.add(Files.readAllBytes(Path.of((String) path)));
        }
        return found;
    }
}
