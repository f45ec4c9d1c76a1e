package judge;

import eu.europa.esig.dss.enumerations.DigestAlgorithm;
import eu.europa.esig.dss.enumerations.JWSSerializationType;
import eu.europa.esig.dss.enumerations.SignatureLevel;
import eu.europa.esig.dss.enumerations.SignaturePackaging;
import eu.europa.esig.dss.jades.JAdESSignatureParameters;
import eu.europa.esig.dss.jades.signature.JAdESService;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.model.SignatureValue;
import eu.europa.esig.dss.model.ToBeSigned;
import eu.europa.esig.dss.token.DSSPrivateKeyEntry;
import eu.europa.esig.dss.token.Pkcs12SignatureToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore.PasswordProtection;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Seals one payload with DSS at level B, the signer's certificate alone in `x5c`, as the Commission's issuer does. */
final class Sealing {

    private static final Map<String, JWSSerializationType> SERIALIZATIONS = Map.of(
            "general", JWSSerializationType.JSON_SERIALIZATION,
            "flattened", JWSSerializationType.FLATTENED_JSON_SERIALIZATION,
            "compact", JWSSerializationType.COMPACT_SERIALIZATION);

    private final Request request;
    private final byte[] payload;
    private final boolean edc;
    private final JAdESService service;

    Sealing(Request request) throws IOException {
        if (!request.text("level", "B").equals("B")) {
            throw new IllegalArgumentException("level must be B");
        }
        this.request = request;
        this.payload = request.bytes("payload", "content");
        this.edc = chosen("header", Map.of("edc", true, "etsi", false));
        this.service = Dss.service(edc);
    }

    /** Writes the sealed document to `out`, or answers with it as base64 in `content` where `out` is absent. */
    Map<String, Object> seal() throws IOException {
        byte[] sealed;
        try (Pkcs12SignatureToken keys = keys()) {
            sealed = sealed(keys, keys.getKeys().get(0));
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        if (request.has("out")) {
            Files.write(Path.of(request.text("out")), sealed);
            answer.put("out", request.text("out"));
        } else {
            answer.put("content", Base64.getEncoder().encodeToString(sealed));
        }
        return answer;
    }

    /** How fast the same payload is sealed again and again, with the key opened once. */
    Map<String, Object> bench() throws Exception {
        try (Pkcs12SignatureToken keys = keys()) {
            DSSPrivateKeyEntry key = keys.getKeys().get(0);
            return Clock.measure(request, () -> sealed(keys, key));
        }
    }

    private Pkcs12SignatureToken keys() throws IOException {
        return new Pkcs12SignatureToken(
                request.text("p12"), new PasswordProtection(request.text("password").toCharArray()));
    }

    private byte[] sealed(Pkcs12SignatureToken keys, DSSPrivateKeyEntry key) {
        // The name's ending is what DSS 5 takes `cty` from.
        DSSDocument document = new InMemoryDocument(payload, "credential.json");
        JAdESSignatureParameters parameters = parameters(key);
        ToBeSigned input = service.getDataToSign(document, parameters);
        SignatureValue signature = keys.sign(input, parameters.getSignatureAlgorithm(), key);
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        try {
            service.signDocument(document, parameters, signature).writeTo(sealed);
        } catch (IOException error) {
            throw new java.io.UncheckedIOException(error);
        }
        return sealed.toByteArray();
    }

    private JAdESSignatureParameters parameters(DSSPrivateKeyEntry key) {
        JAdESSignatureParameters parameters = new JAdESSignatureParameters();
        parameters.setSignatureLevel(SignatureLevel.JAdES_BASELINE_B);
        parameters.setSignaturePackaging(SignaturePackaging.ENVELOPING);
        parameters.setJwsSerializationType(chosen("serialization", SERIALIZATIONS));
        parameters.setBase64UrlEncodedPayload(request.flag("b64", false));
        parameters.setSigningCertificate(key.getCertificate());
        parameters.setSigningCertificateDigestMethod(DigestAlgorithm.SHA256); // gives x5t#S256
        parameters.setDigestAlgorithm(DigestAlgorithm.valueOf(request.text("digest", "SHA256")));
        Dss.choose(parameters, edc, chosen("padding", Map.of("PSS", true, "PKCS1", false)));
        return parameters;
    }

    private <T> T chosen(String name, Map<String, T> choices) {
        String asked = request.text(name, name.equals("padding") ? "PKCS1" : null);
        T choice = asked == null ? null : choices.get(asked);
        if (choice == null) {
            throw new IllegalArgumentException(name + " must be one of " + choices.keySet() + ", not " + asked);
        }
        return choice;
    }
}
