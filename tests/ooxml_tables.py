"""次序表 — what ECMA-376 (transitional) lets stand in each element, in which order, and what attributes may hold.

A line is ``parent = child child …``, in order: plain for at most one, ``!`` exactly one, ``*`` any number, ``+`` at
least one, ``=`` exactly two; ``a|b`` is a choice. A child without a prefix has its parent's; ``x>y`` is y where it
stands in x. An element without a line has no children. `tests.ooxml_order` reads these tables.
"""

from __future__ import annotations

_OPEN = "http://schemas.openxmlformats.org/"
NAMESPACES = {
    "w": _OPEN + "wordprocessingml/2006/main",
    "s": _OPEN + "spreadsheetml/2006/main",
    "a": _OPEN + "drawingml/2006/main",
    "c": _OPEN + "drawingml/2006/chart",
    "xdr": _OPEN + "drawingml/2006/spreadsheetDrawing",
    "r": _OPEN + "officeDocument/2006/relationships",
    "m": _OPEN + "officeDocument/2006/math",
    "ep": _OPEN + "officeDocument/2006/extended-properties",
    "vt": _OPEN + "officeDocument/2006/docPropsVTypes",
    "ds": _OPEN + "officeDocument/2006/customXml",
    "b": _OPEN + "officeDocument/2006/bibliography",
    "ct": _OPEN + "package/2006/content-types",
    "pr": _OPEN + "package/2006/relationships",
    "cp": _OPEN + "package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "o": "urn:schemas-microsoft-com:office:office",
    "v": "urn:schemas-microsoft-com:vml",
    "x14": "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main",
    "xm": "http://schemas.microsoft.com/office/excel/2006/main",
    "mc": _OPEN + "markup-compatibility/2006",
    "xml": "http://www.w3.org/XML/1998/namespace",
}

# ---------------------------------------------------------------- 次序表 ----

_BLOCK = "p|tbl|sdt|bookmarkStart|bookmarkEnd|proofErr|permStart|permEnd"
_INLINE = "r|hyperlink|fldSimple|sdt|smartTag|bookmarkStart|bookmarkEnd|proofErr|permStart|permEnd"
_RUN = (
    "br|t|tab|cr|instrText|delText|fldChar|sym|noBreakHyphen|softHyphen|ptab|pgNum|lastRenderedPageBreak"
    "|drawing|pict|footnoteReference|endnoteReference|separator|continuationSeparator"
)
_RPR = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish "
    "webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
    "eastAsianLayout specVanish oMath"
)
_PPR = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle"
)
_TBLPR = (
    "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
    "tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription"
)
_SIDES = "top left|start bottom right|end"

WORD = f"""
w:document = background body!
w:body = {_BLOCK}* sectPr
w:hdr = {_BLOCK}+
w:ftr = {_BLOCK}+
w:p = pPr {_INLINE}*
w:hyperlink = {_INLINE}*
w:fldSimple = {_INLINE}*
w:smartTag = {_INLINE}*
w:r = rPr {_RUN}*
w:rPr = {_RPR}
w:pPr>w:rPr = ins del moveFrom moveTo {_RPR}
w:pPr = {_PPR} rPr sectPr
w:style>w:pPr = {_PPR}
w:tblStylePr>w:pPr = {_PPR}
w:pPrDefault>w:pPr = {_PPR}
w:lvl>w:pPr = {_PPR}
w:numPr = ilvl numId
w:tabs = tab+
w:pBdr = top left bottom right between bar
w:sectPr = headerReference|footerReference* footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType \
 pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings
w:cols = col*
w:pgBorders = top left bottom right
w:tbl = bookmarkStart|bookmarkEnd* tblPr! tblGrid! tr|sdt|bookmarkStart|bookmarkEnd+
w:tblPr = {_TBLPR}
w:style>w:tblPr = {_TBLPR}
w:tblBorders = {_SIDES} insideH insideV
w:tblCellMar = {_SIDES}
w:tcMar = {_SIDES}
w:tblGrid = gridCol*
w:tr = tblPrEx trPr tc|sdt|bookmarkStart|bookmarkEnd+
w:trPr = cnfStyle|divId|gridBefore|gridAfter|wBefore|wAfter|cantSplit|trHeight|tblHeader|tblCellSpacing|jc|hidden* \
 ins del
w:tc = tcPr {_BLOCK}+
w:tcPr = cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark
w:tcBorders = {_SIDES} insideH insideV tl2br tr2bl
w:styles = docDefaults latentStyles style*
w:docDefaults = rPrDefault pPrDefault
w:rPrDefault = rPr
w:pPrDefault = pPr
w:latentStyles = lsdException*
w:style = name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked \
 personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr*
w:tblStylePr = pPr rPr tblPr trPr tcPr
w:numbering = numPicBullet* abstractNum* num* numIdMacAtCleanup
w:abstractNum = nsid multiLevelType tmpl name styleLink numStyleLink lvl*
w:lvl = start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr
w:num = abstractNumId! lvlOverride*
w:fonts = font*
w:font = altName panose1 charset family notTrueType pitch sig embedRegular embedBold embedItalic embedBoldItalic
w:webSettings = frameset divs encoding optimizeForBrowser relyOnVML allowPNG doNotRelyOnCSS doNotSaveAsSingleFile \
 doNotOrganizeInFolder doNotUseLongFileNames pixelsPerInch targetScreenSz saveSmartTagsAsXml
w:settings = writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries \
 displayBackgroundShape printPostScriptOverText printFractionalCharacterWidth printFormsData embedTrueTypeFonts \
 embedSystemFonts saveSubsetFonts saveFormsData mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader \
 bordersDoNotSurroundFooter gutterAtTop hideSpellingErrors hideGrammaticalErrors activeWritingStyle* proofState \
 formsDesign attachedTemplate linkStyles stylePaneFormatFilter stylePaneSortMethod documentType mailMerge \
 revisionView trackRevisions doNotTrackMoves doNotTrackFormatting documentProtection autoFormatOverride \
 styleLockTheme styleLockQFSet defaultTabStop autoHyphenation consecutiveHyphenLimit hyphenationZone \
 doNotHyphenateCaps showEnvelope summaryLength clickAndTypeStyle defaultTableStyle evenAndOddHeaders \
 bookFoldRevPrinting bookFoldPrinting bookFoldPrintingSheets drawingGridHorizontalSpacing \
 drawingGridVerticalSpacing displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery \
 doNotUseMarginsForDrawingGridOrigin drawingGridHorizontalOrigin drawingGridVerticalOrigin doNotShadeFormData \
 noPunctuationKerning characterSpacingControl printTwoOnOne strictFirstAndLastChars noLineBreaksAfter \
 noLineBreaksBefore savePreviewPicture doNotValidateAgainstSchema saveInvalidXml ignoreMixedContent \
 alwaysShowPlaceholderText doNotDemarcateInvalidXml saveXmlDataOnly useXSLTWhenSaving saveThroughXslt showXMLTags \
 alwaysMergeEmptyNamespace updateFields hdrShapeDefaults footnotePr endnotePr compat docVars rsids m:mathPr \
 attachedSchema* themeFontLang clrSchemeMapping doNotIncludeSubdocsInStats doNotAutoCompressPictures forceUpgrade \
 captions readModeInkLockDown smartTagType* shapeDefaults doNotEmbedSmartTags decimalSymbol listSeparator
w:compat = useSingleBorderforContiguousCells wpJustification noTabHangInd noLeading spaceForUL noColumnBalance \
 balanceSingleByteDoubleByteWidth noExtraLineSpacing doNotLeaveBackslashAlone ulTrailSpace doNotExpandShiftReturn \
 spacingInWholePoints lineWrapLikeWord6 printBodyTextBeforeHeader printColBlack wpSpaceWidth showBreaksInFrames \
 subFontBySize suppressBottomSpacing suppressTopSpacing suppressSpacingAtTopOfPage suppressTopSpacingWP \
 suppressSpBfAfterPgBrk swapBordersFacingPages convMailMergeEsc truncateFontHeightsLikeWP6 mwSmallCaps \
 usePrinterMetrics doNotSuppressParagraphBorders wrapTrailSpaces footnoteLayoutLikeWW8 shapeLayoutLikeWW8 \
 alignTablesRowByRow forgetLastTabAlignment adjustLineHeightInTable autoSpaceLikeWord95 noSpaceRaiseLower \
 doNotUseHTMLParagraphAutoSpacing layoutRawTableWidth layoutTableRowsApart useWord97LineBreakRules \
 doNotBreakWrappedTables doNotSnapToGridInCell selectFldWithFirstOrLastChar applyBreakingRules doNotWrapTextWithPunct \
 doNotUseEastAsianBreakRules useWord2002TableStyleRules growAutofit useFELayout useNormalStyleForList \
 doNotUseIndentAsNumberingTabStop useAltKinsokuLineBreakRules allowSpaceOfSameStyleInTable doNotSuppressIndentation \
 doNotAutofitConstrainedTables autofitToFirstFixedWidthCell underlineTabInNumList displayHangulFixedWidth \
 splitPgBreakAndParaMark doNotVertAlignCellWithSp doNotBreakConstrainedForcedTable doNotVertAlignInTxbx \
 useAnsiKerningPairs cachedColBalance compatSetting*
w:rsids = rsidRoot rsid*
w:shapeDefaults = o:shapedefaults|o:shapelayout*
o:shapelayout = idmap regrouptable rules
m:mathPr = mathFont brkBin brkBinSub smallFrac dispDef lMargin rMargin defJc preSp postSp interSp intraSp \
 wrapIndent|wrapRight intLim naryLim
"""

_COLOURS = "scrgbClr|srgbClr|hslClr|sysClr|schemeClr|prstClr"
_SHADES = "tint|shade|alpha|hueMod|sat|satOff|satMod|lum|lumOff|lumMod|comp|inv|gray|gamma|invGamma*"
_FILL = "noFill|solidFill|gradFill|blipFill|pattFill|grpFill"
_LETTERS = f"ln {_FILL} effectLst highlight latin ea cs sym hlinkClick hlinkMouseOver"
_SHAPE = f"xfrm custGeom|prstGeom {_FILL} ln effectLst|effectDag scene3d sp3d"
_ACCENTS = "dk1! lt1! dk2! lt2! accent1! accent2! accent3! accent4! accent5! accent6! hlink! folHlink!"


def _alike(parents: str, model: str) -> str:
    """同样的几行 — one line for each of these parents."""
    return "".join(f"{parent.rstrip('!')} = {model}\n" for parent in parents.split())


DRAWING = f"""
a:theme = themeElements! objectDefaults extraClrSchemeLst custClrLst
a:themeElements = clrScheme! fontScheme! fmtScheme!
a:clrScheme = {_ACCENTS}
{_alike(_ACCENTS.replace(" ", " a:").replace("dk1", "a:dk1", 1), _COLOURS + "!")}
{_alike("a:" + _COLOURS.replace("|", " a:"), _SHADES)}
{_alike("a:fgClr a:bgClr a:gs a:outerShdw", _COLOURS + "!")}
a:fontScheme = majorFont! minorFont!
a:majorFont = latin! ea! cs! font*
a:minorFont = latin! ea! cs! font*
a:fmtScheme = fillStyleLst! lnStyleLst! effectStyleLst! bgFillStyleLst!
a:fillStyleLst = {_FILL}+
a:bgFillStyleLst = {_FILL}+
a:lnStyleLst = ln+
a:effectStyleLst = effectStyle+
a:effectStyle = effectLst|effectDag! scene3d sp3d
a:effectLst = blur fillOverlay glow innerShdw outerShdw prstShdw reflection softEdge
a:scene3d = camera! lightRig! backdrop
a:camera = rot
a:lightRig = rot
a:sp3d = bevelT bevelB extrusionClr contourClr
a:solidFill = {_COLOURS}
a:gradFill = gsLst lin|path tileRect
a:gsLst = gs+
a:path = fillToRect
a:pattFill = fgClr bgClr
a:ln = {_FILL} prstDash|custDash round|bevel|miter headEnd tailEnd
a:objectDefaults = spDef lnDef txDef
a:spDef = spPr! bodyPr! lstStyle! style
a:lnDef = spPr! bodyPr! lstStyle! style
a:style = lnRef! fillRef! effectRef! fontRef!
{_alike("a:lnRef a:fillRef a:effectRef a:fontRef", _COLOURS)}
a:bodyPr = prstTxWarp noAutofit|normAutofit|spAutoFit scene3d sp3d|flatTx
a:spPr = {_SHAPE}
a:p = pPr r|br|fld* endParaRPr
a:pPr = lnSpc spcBef spcAft buClr buSzPct buFont buNone|buAutoNum|buChar tabLst defRPr
a:r = rPr t!
a:rPr = {_LETTERS}
a:defRPr = {_LETTERS}
a:endParaRPr = {_LETTERS}
a:xfrm = off ext
a:graphic = graphicData!
a:graphicData = c:chart
xdr:wsDr = twoCellAnchor|oneCellAnchor|absoluteAnchor*
xdr:twoCellAnchor = from! to! sp|grpSp|graphicFrame|cxnSp|pic! clientData!
xdr:oneCellAnchor = from! ext! sp|grpSp|graphicFrame|cxnSp|pic! clientData!
xdr:from = col! colOff! row! rowOff!
xdr:to = col! colOff! row! rowOff!
xdr:graphicFrame = nvGraphicFramePr! xfrm! a:graphic!
xdr:nvGraphicFramePr = cNvPr! cNvGraphicFramePr!
xdr:cNvPr = a:hlinkClick
xdr:cNvGraphicFramePr = a:graphicFrameLocks
xdr:xfrm = a:off a:ext
"""

_CHARTS = "barChart|lineChart|pieChart|doughnutChart|areaChart|scatterChart"
_LABELS = "numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent showBubbleSize separator"
_AXIS = (
    "axId! scaling! delete axPos! majorGridlines minorGridlines title numFmt majorTickMark minorTickMark tickLblPos "
    "spPr txPr crossAx! crosses|crossesAt"
)
_CHART_SHAPE = " ".join(
    "|".join(f"a:{one}" for one in choice.split("|")) for choice in _SHAPE.split()
)  # c:spPr and c:txPr hold what a: shapes and text bodies hold
_CHART_TEXT = "a:bodyPr! a:lstStyle a:p+"

CHART = f"""
c:chartSpace = date1904 lang roundedCorners style clrMapOvr pivotSource protection chart! spPr txPr externalData \
 printSettings userShapes
c:chart = title autoTitleDeleted pivotFmts view3D floor sideWall backWall plotArea! legend plotVisOnly dispBlanksAs
a:graphicData>c:chart =
c:title = tx layout overlay spPr txPr
c:tx = strRef|rich|v!
c:rich = {_CHART_TEXT}
c:txPr = {_CHART_TEXT}
c:spPr = {_CHART_SHAPE}
c:layout = manualLayout
c:manualLayout = layoutTarget xMode yMode wMode hMode x y w h
c:plotArea = layout {_CHARTS}+ catAx|valAx|dateAx|serAx* dTable spPr
c:barChart = barDir! grouping varyColors ser* dLbls gapWidth overlap serLines* axId=
c:lineChart = grouping! varyColors ser* dLbls dropLines hiLowLines upDownBars marker smooth axId=
c:pieChart = varyColors ser* dLbls firstSliceAng
c:doughnutChart = varyColors ser* dLbls firstSliceAng holeSize!
c:ser = idx! order! tx spPr explosion invertIfNegative pictureOptions marker dPt* dLbls trendline* errBars* cat val \
 smooth shape
c:dPt = idx! invertIfNegative marker bubble3D explosion spPr
c:dLbls = dLbl* delete {_LABELS} showLeaderLines leaderLines
c:dLbl = idx! delete layout tx {_LABELS}
c:leaderLines = spPr
c:cat = multiLvlStrRef|numRef|strRef|numLit|strLit!
c:val = numRef|numLit!
c:numRef = f! numCache
c:strRef = f! strCache
c:numCache = formatCode ptCount pt*
c:strCache = ptCount pt*
c:pt = v!
c:catAx = {_AXIS} auto lblAlgn lblOffset tickLblSkip tickMarkSkip noMultiLvlLbl
c:valAx = {_AXIS} crossBetween majorUnit minorUnit dispUnits
c:scaling = logBase orientation max min
c:majorGridlines = spPr
c:legend = legendPos legendEntry* layout overlay spPr txPr
c:legendEntry = idx! delete txPr
c:printSettings = headerFooter pageMargins pageSetup
c:headerFooter = oddHeader oddFooter evenHeader evenFooter firstHeader firstFooter
"""

_FONT = "b i strike condense extend outline shadow u vertAlign sz color {name} family charset scheme"

SPREADSHEET = f"""
s:workbook = fileVersion fileSharing workbookPr workbookProtection bookViews sheets! functionGroups \
 externalReferences definedNames calcPr oleSize customWorkbookViews pivotCaches extLst
s:bookViews = workbookView+
s:sheets = sheet+
s:definedNames = definedName+
s:worksheet = sheetPr dimension sheetViews sheetFormatPr cols* sheetData! sheetCalcPr sheetProtection \
 protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr \
 conditionalFormatting* dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks \
 colBreaks customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF picture \
 oleObjects controls webPublishItems tableParts extLst
s:sheetPr = tabColor outlinePr pageSetUpPr
s:sheetViews = sheetView+ extLst
s:sheetView = pane selection* pivotSelection* extLst
s:cols = col+
s:sheetData = row*
s:row = c* extLst
s:c = f v is extLst
s:is = t r* rPh* phoneticPr
s:si = t r* rPh* phoneticPr
s:sst = si* extLst
s:r = rPr t!
s:rPr = {_FONT.format(name="rFont")}
s:autoFilter = filterColumn* sortState extLst
s:filterColumn = filters|top10|customFilters|dynamicFilter|colorFilter|iconFilter
s:mergeCells = mergeCell+
s:conditionalFormatting = cfRule+ extLst
s:cfRule = formula* colorScale dataBar iconSet extLst
s:dataBar = cfvo= color!
s:colorScale = cfvo+ color+
s:iconSet = cfvo+
s:dataValidations = dataValidation+
s:dataValidation = formula1 formula2
s:hyperlinks = hyperlink+
s:headerFooter = oddHeader oddFooter evenHeader evenFooter firstHeader firstFooter
s:rowBreaks = brk*
s:colBreaks = brk*
s:ignoredErrors = ignoredError+ extLst
s:tableParts = tablePart*
s:extLst = ext*
s:ext = x14:conditionalFormattings|x14:id|x14:sparklineGroups
x14:conditionalFormattings = conditionalFormatting+
x14:conditionalFormatting = cfRule* xm:sqref
x14:cfRule = xm:f* colorScale dataBar iconSet dxf
x14:dataBar = cfvo= fillColor borderColor negativeFillColor negativeBorderColor axisColor
x14:cfvo = xm:f
s:styleSheet = numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst
s:numFmts = numFmt*
s:fonts = font*
s:font = {_FONT.format(name="name")}
s:fills = fill*
s:fill = patternFill|gradientFill!
s:patternFill = fgColor bgColor
s:borders = border*
s:border = left|start right|end top bottom diagonal vertical horizontal
{_alike("s:left s:right s:start s:end s:top s:bottom s:diagonal s:vertical s:horizontal", "color")}
s:cellStyleXfs = xf+
s:cellXfs = xf+
s:xf = alignment protection extLst
s:cellStyles = cellStyle+
s:dxfs = dxf*
s:dxf = font numFmt fill alignment border protection
s:tableStyles = tableStyle*
s:colors = indexedColors mruColors
s:mruColors = color*
"""

_CORE = "dc:title|dc:subject|dc:creator|dc:description|dc:identifier|dc:language|dcterms:created|dcterms:modified"
PACKAGE = f"""
ct:Types = Default|Override*
pr:Relationships = Relationship*
cp:coreProperties = {_CORE}|category|contentStatus|keywords|lastModifiedBy|lastPrinted|revision|version*
ep:Properties = Template|Manager|Company|Pages|Words|Characters|PresentationFormat|Lines|Paragraphs|TotalTime|\
ScaleCrop|HeadingPairs|TitlesOfParts|LinksUpToDate|CharactersWithSpaces|SharedDoc|HyperlinkBase|HyperlinksChanged|\
Application|AppVersion|DocSecurity*
ep:HeadingPairs = vt:vector!
ep:TitlesOfParts = vt:vector!
vt:vector = variant|lpstr|i4*
vt:variant = lpstr|i4!
ds:datastoreItem = schemaRefs
ds:schemaRefs = schemaRef*
"""

# ---------------------------------------------------------------- 属性表 ----

REQUIRED = """
ct:Default Extension ContentType; ct:Override PartName ContentType; pr:Relationship Id Type Target
w:gridCol w:w; w:tcW w:w w:type; w:tblW w:w w:type; w:style w:type w:styleId; w:tabs>w:tab w:val w:pos
w:fldChar w:fldCharType
w:headerReference w:type r:id; w:footerReference w:type r:id; w:pgSz w:w w:h; w:pStyle w:val; w:jc w:val; w:sz w:val
w:pgMar w:top w:right w:bottom w:left w:header w:footer w:gutter; w:compatSetting w:name w:uri w:val; w:font w:name
w:abstractNum w:abstractNumId; w:num w:numId; w:lvl w:ilvl; w:bookmarkStart w:id w:name; w:bookmarkEnd w:id
s:sheet name sheetId r:id; s:definedName name; s:col min max; s:row r; s:c r; s:mergeCell ref; s:hyperlink ref
s:dimension ref; s:autoFilter ref; s:drawing r:id; s:conditionalFormatting sqref; s:cfRule type priority; s:cfvo type
s:pageMargins left right top bottom header footer; s:numFmt numFmtId formatCode; s:cellStyle xfId; s:ext uri
c:idx val; c:order val; c:axId val; c:crossAx val; c:pt idx; c:ptCount val; xdr:cNvPr id name; a:graphicData uri
"""

_BORDERS = "nil none single thick double dotted dashed dotDash dotDotDash triple thinThickSmallGap thickThinSmallGap"
WORDS = f"""
w:jc w:val left start center right end both distribute; w:vAlign w:val top center both bottom
w:insideH w:val {_BORDERS}
w:insideV w:val {_BORDERS}; w:between w:val {_BORDERS}
w:sectPr>w:type w:val nextPage nextColumn continuous evenPage oddPage; w:br w:type page column textWrapping
w:pgSz w:orient portrait landscape; w:docGrid w:type default lines linesAndChars snapToChars
w:fldChar w:fldCharType begin separate end; w:headerReference w:type default first even
w:footerReference w:type default first even; w:tblLayout w:type fixed autofit; w:tblW w:type auto dxa nil pct
w:tcW w:type auto dxa nil pct; w:trHeight w:hRule auto exact atLeast; w:spacing w:lineRule auto exact atLeast
w:style w:type paragraph character table numbering; w:vMerge w:val restart continue
w:rFonts w:hint default eastAsia cs; w:textAlignment w:val top center baseline bottom auto
w:framePr w:hAnchor text margin page; w:framePr w:vAnchor text margin page; w:framePr w:hRule auto exact atLeast
w:framePr w:wrap auto notBeside around tight through none; w:framePr w:yAlign inline top center bottom inside outside
w:framePr w:xAlign left center right inside outside; w:tblpPr w:horzAnchor text margin page
w:tblpPr w:vertAnchor text margin page; w:tblpPr w:tblpYSpec inline top center bottom inside outside
w:tblpPr w:tblpXSpec left center right inside outside
s:c t b d e inlineStr n s str; s:pageSetup orientation default portrait landscape
s:sheet state visible hidden veryHidden
s:pane state split frozen frozenSplit; s:pane activePane bottomRight topRight bottomLeft topLeft
s:cfRule type expression cellIs colorScale dataBar iconSet top10 containsText beginsWith; pr:Relationship TargetMode \
 Internal External
"""

WHOLE = """
w h line before after left right top bottom header footer gutter linePitch charSpace firstLine hanging firstLineChars
hangingChars leftChars rightChars beforeLines afterLines space sz pos x y hSpace vSpace tblpX tblpY leftFromText
rightFromText topFromText bottomFromText num
"""
"""整数属性 — Word refuses a measure such as 12.5 in any of them."""

WHOLE_VALUES = """
sz szCs kern spacing position w outlineLvl ilvl numId gridSpan gridBefore gridAfter trHeight uiPriority defaultTabStop
abstractNumId start lvlRestart tblStyleRowBandSize tblStyleColBandSize
"""
"""整数元素 — those whose w:val is a whole number."""

SWITCHES = """
b bCs i iCs caps smallCaps strike dstrike vanish noProof snapToGrid keepNext keepLines pageBreakBefore widowControl
kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN adjustRightInd contextualSpacing mirrorIndents
cantSplit tblHeader noWrap evenAndOddHeaders titlePg qFormat
"""
"""开关元素 — those whose w:val, where there is one, is on or off."""

ROOTS = {
    "wordprocessingml.document.main+xml": "w:document",
    "wordprocessingml.header+xml": "w:hdr",
    "wordprocessingml.footer+xml": "w:ftr",
    "wordprocessingml.styles+xml": "w:styles",
    "wordprocessingml.settings+xml": "w:settings",
    "wordprocessingml.webSettings+xml": "w:webSettings",
    "wordprocessingml.fontTable+xml": "w:fonts",
    "wordprocessingml.numbering+xml": "w:numbering",
    "spreadsheetml.sheet.main+xml": "s:workbook",
    "spreadsheetml.worksheet+xml": "s:worksheet",
    "spreadsheetml.styles+xml": "s:styleSheet",
    "spreadsheetml.sharedStrings+xml": "s:sst",
    "drawing+xml": "xdr:wsDr",
    "drawingml.chart+xml": "c:chartSpace",
    "theme+xml": "a:theme",
    "core-properties+xml": "cp:coreProperties",
    "extended-properties+xml": "ep:Properties",
    "customXmlProperties+xml": "ds:datastoreItem",
    "relationships+xml": "pr:Relationships",
}
"""部件 — the root element of each kind of part, by the end of its content type."""
