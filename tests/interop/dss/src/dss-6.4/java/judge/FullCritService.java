package judge;

import eu.europa.esig.dss.enumerations.JWSSerializationType;
import eu.europa.esig.dss.jades.JAdESSignatureParameters;
import eu.europa.esig.dss.jades.signature.JAdESBuilder;
import eu.europa.esig.dss.jades.signature.JAdESCompactBuilder;
import eu.europa.esig.dss.jades.signature.JAdESSerializationBuilder;
import eu.europa.esig.dss.jades.signature.JAdESService;
import eu.europa.esig.dss.jades.validation.JWS;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.spi.validation.CertificateVerifier;
import java.util.ArrayList;
import java.util.List;

/**
 * Seals as DSS up to 6.0 does: every JAdES header parameter that is present stands in `crit` (ETSI TS 119 182-1
 * V1.1.1). DSS 6.4 has no setting for it and would name `b64` alone.
 */
final class FullCritService extends JAdESService {

    private static final long serialVersionUID = 1L;
    private static final List<String> NAMED =
            List.of("b64", "sigT", "x5t#o", "sigX5ts", "srCms", "srAts", "sigPl", "sigPId", "sigD", "adoTst");

    FullCritService(CertificateVerifier verifier) {
        super(verifier);
    }

    @Override
    protected JAdESBuilder getJAdESBuilder(JAdESSignatureParameters parameters, List<DSSDocument> documents) {
        if (parameters.getJwsSerializationType() == JWSSerializationType.COMPACT_SERIALIZATION) {
            return new JAdESCompactBuilder(certificateVerifier, parameters, documents) {
                @Override
                protected void incorporateHeader(JWS jws) {
                    super.incorporateHeader(jws);
                    nameAll(jws);
                }
            };
        }
        return new JAdESSerializationBuilder(certificateVerifier, parameters, documents) {
            @Override
            protected void incorporateHeader(JWS jws) {
                super.incorporateHeader(jws);
                nameAll(jws);
            }
        };
    }

    private static void nameAll(JWS jws) {
        List<String> present = new ArrayList<>(NAMED);
        present.removeIf(name -> jws.getHeaders().getObjectHeaderValue(name) == null);
        jws.getHeaders().setObjectHeaderValue("crit", present);
    }
}
