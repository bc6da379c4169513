"""How people head the columns of their files of customers and suppliers."""

from erp_desktop.imports import headings

CODE = (
    f"{headings.CODE} · code client · code fournisseur · code tiers · code partenaire · "
    "n° client · n° fournisseur · customer code · customer id · customer no · "
    "supplier code · supplier id · "
    "رمز الزبون · رمز المورد · رقم الزبون · رقم المورد · رمز الشريك"
)
NAME = (
    "name · nom · nom client · nom du client · nom du fournisseur · raison sociale · "
    "dénomination · société · entreprise · client · fournisseur · tiers · partenaire · intitulé · "
    "customer · customer name · supplier · supplier name · company · company name · "
    "name fr · nom fr · الاسم · اسم الزبون · اسم المورد · الزبون · المورد · التسمية · "
    "الاسم التجاري · المؤسسة · الشركة"
)
NAME_AR = f"{headings.NAME_AR} · raison sociale arabe · raison sociale ar"
KIND = (
    "kind · customer or supplier · type de tiers · client ou fournisseur · rôle · nature tiers · "
    "زبون أو مورد · الصفة · نوع الشريك"
)
IS_COMPANY = (
    "company or person · is company · entreprise ou particulier · société ou particulier · "
    "type de client · personne morale · شركة أو فرد · شركة أو شخص · مؤسسة أو شخص · نوع الزبون"
)
PHONE = (
    "phone · telephone · phone number · mobile · téléphone · tél · tel · gsm · portable · "
    "n° téléphone · numéro de téléphone · هاتف · الهاتف · رقم الهاتف · الجوال · النقال"
)
EMAIL = (
    "email · e-mail · mail · courriel · adresse mail · adresse e-mail · adresse électronique · "
    "بريد · البريد · البريد الإلكتروني · بريد إلكتروني"
)
COUNTRY = "country · pays · code pays · country code · بلد · البلد · الدولة"
STREET = (
    "street · address · adresse · rue · adresse 1 · siège · siège social · عنوان · العنوان · الشارع"
)
STREET_AR = (
    "street in arabic · arabic street · arabic address · adresse arabe · adresse en arabe · "
    "rue en arabe · العنوان بالعربية · الشارع بالعربية"
)
CITY = "city · town · ville · commune · localité · مدينة · المدينة · البلدية"
CITY_AR = (
    "city in arabic · arabic city · ville arabe · ville en arabe · commune arabe · المدينة بالعربية"
)
POSTAL_CODE = "postcode · postal code · zip · zip code · code postal · cp · الرمز البريدي"
REGION = (
    "region · wilaya · wilaya code · code wilaya · province · gouvernorat · governorate · région · "
    "préfecture · ولاية · الولاية · رقم الولاية · الإقليم · العمالة · المنطقة · الجهة"
)
TERMS = (
    "terms · payment terms · conditions · conditions de paiement · délai · délai de paiement · "
    "échéance · mode de règlement · أجل الدفع · آجال الدفع · شروط الدفع · أجل التسديد"
)
PRICE_LIST = (
    "price list · tarif · grille · grille tarifaire · liste de prix · catégorie tarifaire · "
    "قائمة الأسعار · لائحة الأسعار · التعريفة"
)
CREDIT_LIMIT = (
    "credit limit · plafond · plafond de crédit · encours · encours autorisé · crédit maximum · "
    "limite de crédit · سقف الائتمان · سقف الدين · حد الائتمان · حد الدين"
)
LANGUAGE = (
    "language · document language · language of documents · langue · langue des documents · لغة · "
    "اللغة · لغة المستندات · لغة الوثائق"
)
IDENTIFIERS = {
    "NIF": (
        "n° nif · identification fiscale · n° identification fiscale · "
        "numéro d'identification fiscale · رقم التعريف الجبائي · التعريف الجبائي"
    ),
    "NIS": (
        "n° nis · identification statistique · numéro d'identification statistique · "
        "رقم التعريف الإحصائي · التعريف الإحصائي"
    ),
    "RC": (
        "n° rc · registre de commerce · registre du commerce · n° registre de commerce · "
        "السجل التجاري · رقم السجل التجاري"
    ),
    "AI": "n° ai · article · article d'imposition · n° article d'imposition · رقم المادة الجبائية",
    "ICE": (
        "n° ice · identifiant commun · identifiant commun de l'entreprise · "
        "التعريف الموحد للمقاولة · المعرف الموحد للمقاولة"
    ),
    "IF": "n° if · identifiant fiscal · رقم التعريف الضريبي · التعريف الضريبي",
    "TP": "n° tp · taxe professionnelle · patente · n° patente · الرسم المهني",
    "CNSS": "n° cnss · affiliation cnss · رقم الانخراط في الصندوق",
    "MF": "n° mf · matricule fiscal · matricule fiscale · المعرف الجبائي · رقم المعرف الجبائي",
}
