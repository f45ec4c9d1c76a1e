package judge;

import eu.europa.esig.dss.enumerations.EncryptionAlgorithm;
import eu.europa.esig.dss.enumerations.MaskGenerationFunction;
import eu.europa.esig.dss.jades.JAdESSignatureParameters;
import eu.europa.esig.dss.jades.signature.JAdESService;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.policy.ValidationPolicy;
import eu.europa.esig.dss.policy.ValidationPolicyFacade;
import eu.europa.esig.dss.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.validation.SignaturePolicyProvider;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import eu.europa.esig.dss.validation.reports.Reports;
import java.util.Date;

/** What differs between the releases of DSS: this is 5.11.1. */
final class Dss {

    static final String VERSION = "5.11.1";
    private static final ValidationPolicy POLICY = policy();

    private Dss() {}

    /** The reports on one document, at that moment or now. */
    static Reports judge(DSSDocument document, Material material, Date at) {
        CommonCertificateVerifier verifier = offline();
        verifier.setTrustedCertSources(material.anchors());
        verifier.setAdjunctCertSources(material.certificates());
        verifier.setCrlSource(material.crls());
        verifier.setOcspSource(material.ocsps());
        SignedDocumentValidator validator = SignedDocumentValidator.fromDocument(document);
        validator.setCertificateVerifier(verifier);
        validator.setSigningCertificateSource(material.certificates());
        validator.setSignaturePolicyProvider(new SignaturePolicyProvider()); // without a loader, so it fetches nothing
        validator.setEnableEtsiValidationReport(false);
        if (at != null) {
            validator.setValidationTime(at);
        }
        return validator.validateDocument(POLICY);
    }

    static JAdESService service(boolean edc) {
        if (!edc) {
            throw new IllegalArgumentException(
                    "DSS 5.11.1 writes the header edc only: it knows sigT and full crit, not iat");
        }
        return new JAdESService(offline());
    }

    /** RSASSA-PSS instead of PKCS#1 v1.5 if the key is RSA; the signing time is `sigT` always. */
    static void choose(JAdESSignatureParameters parameters, boolean edc, boolean pss) {
        if (pss && parameters.getEncryptionAlgorithm() == EncryptionAlgorithm.RSA) {
            parameters.setMaskGenerationFunction(MaskGenerationFunction.MGF1);
        }
    }

    private static CommonCertificateVerifier offline() {
        CommonCertificateVerifier verifier = new CommonCertificateVerifier();
        verifier.setAIASource(null); // the default one fetches what certificates name
        return verifier;
    }

    private static ValidationPolicy policy() {
        try {
            return ValidationPolicyFacade.newFacade().getDefaultValidationPolicy();
        } catch (Exception error) {
            throw new IllegalStateException("the default policy of DSS does not load", error);
        }
    }
}
