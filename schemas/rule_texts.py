"""Every rule in words: one place for the wording that reviewers, analysts and ``docs/rules.md`` see."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.finding import RuleCode


@dataclass(frozen=True, slots=True)
class RuleText:
    """``vi`` and ``en`` name the rule; ``compares`` says what stands on either side."""

    vi: str
    en: str
    compares: str


RULES: dict[RuleCode, RuleText] = {
    RuleCode.ANNEX_DATE_DIFFERS: RuleText("Ngày trên phụ lục khác ngày văn bản", "The annex bears another date", "date of the letter; date the annex gives for it"),
    RuleCode.ANNEX_NUMBER_DIFFERS: RuleText("Số trên phụ lục khác số văn bản", "The annex bears another number", "number of the letter; number the annex gives for it"),
    RuleCode.WHOLE_DIFFERS_FROM_PARTS: RuleText("Tổng khác cộng các mục con", "A whole differs from its parts", "the whole; the sum of the parts that are filled in"),
    RuleCode.TEXT_DIFFERS_FROM_TABLE: RuleText("Lời văn khác bảng", "Prose and table differ", "the count in the prose; the cell of the table"),
    RuleCode.PEOPLE_FEWER_THAN_SESSIONS: RuleText("Số người ít hơn số lớp/cuộc", "Fewer people than sessions", "people; sessions"),
    RuleCode.PROVINCE_DIFFERS_FROM_SUM: RuleText("Báo cáo tỉnh khác cộng các đơn vị", "The province's figure differs from the sum of its units", "the province's own report; districts plus direct units, the direct units shown apart"),
    RuleCode.COUNT_EXCEEDS_REGISTRY: RuleText("Nhiều hơn danh mục hành chính", "More than the registry holds", "the count; units of that level below the issuer on the report's date"),
    RuleCode.UNCLAIMED_ROW: RuleText("Dòng không thuộc mẫu", "A row no indicator claims", "the row; the form"),
    RuleCode.UNREADABLE_CELL: RuleText("Ô không đọc được", "A cell that is no number", "the cell"),
    RuleCode.UNKNOWN_UNIT: RuleText("Không rõ đơn vị báo cáo", "The reporting unit is not known", "the issuer; the registry"),
    RuleCode.MISSING_REPORT: RuleText("Chưa có báo cáo", "No report yet", "who is expected; who has reported"),
    RuleCode.LATE_REPORT: RuleText("Báo cáo quá hạn", "Issued after the deadline", "date of issue; deadline"),
    RuleCode.REPLACED_REPORT: RuleText("Đã có báo cáo mới hơn", "A newer report took its place", "the older report; the newer one"),
    RuleCode.DUPLICATE_REPORT: RuleText("Hai bản của cùng một báo cáo", "Two renditions that agree", "one file; the other"),
    RuleCode.REFERENCE_DIFFERS: RuleText("Trích dẫn văn bản khác nhau", "Reports cite a document differently", "date or number cited here; what most other reports cite"),
    RuleCode.RENDITIONS_DIFFER: RuleText("Hai bản của cùng báo cáo khác số liệu", "Two renditions differ", "figures of one file; figures of the other"),
    RuleCode.OUTLIER: RuleText("Khác hẳn các đơn vị khác", "Far from all other units", "the unit's figure; the median of units (modified z-score)"),
    RuleCode.CHANGED_SINCE_LAST_YEAR: RuleText("Thay đổi quá giới hạn so với năm trước", "Changed beyond bounds since last year", "this year's figure; last year's"),
    RuleCode.SAME_AS_LAST_YEAR: RuleText("Y hệt năm trước", "All figures as last year", "this year's figures; last year's"),
    RuleCode.COPIED_FROM_OTHER_UNIT: RuleText("Trùng số liệu với đơn vị khác", "Same figures as another unit", "the later report; the earlier one"),
    RuleCode.SUSPICIOUS_FIGURE: RuleText("Đúng mỗi nơi một", "Exactly one for each unit below", "the count; number of communes below the issuer"),
    RuleCode.RATIO_OUT_OF_RANGE: RuleText("Số người một lớp ngoài khoảng", "People per session out of range", "people; sessions"),
    RuleCode.NOTHING_REPORTED: RuleText("Không có số liệu", "No figure at all", "the document"),
    RuleCode.REVISION_UNCLEAR: RuleText("Chưa rõ thay thế hay bổ sung", "A revision that is not clear", "the sentence; the report it may mean"),
    RuleCode.REVISED_REPORT_UNKNOWN: RuleText("Chưa nhận báo cáo được nói đến", "The revised report is not held", "the number named; reports of the unit"),
    RuleCode.READING_CHANGED: RuleText("Đọc lại khác quyết định", "A later reading disagrees with a decision", "the reading now; the decision"),
    RuleCode.DECISION_WITHOUT_SOURCE: RuleText("Quyết định không còn chỗ đọc", "A decision whose cell is read no more", "the decision; the reading now"),
    RuleCode.DECISION_CARRIED: RuleText("Quyết định chuyển từ văn bản trước", "A decision carried from an earlier file", "the decision; the new file, which reads as the old one"),
    RuleCode.UNCLAIMED_COLUMN: RuleText("Cột không thuộc mẫu", "A column no measure claims", "the column; the form"),
    RuleCode.DUPLICATE_ROW: RuleText("Dòng lặp lại", "A row that stands twice", "one row; the other"),
    RuleCode.AMBIGUOUS_ROW: RuleText("Dòng có thể thuộc hai chỉ tiêu", "A row two indicators claim", "the row; the indicators"),
    RuleCode.MISPLACED_VALUE: RuleText("Số ghi nhầm cột", "A figure in another column", "the cell; the column it belongs to"),
    RuleCode.UNIT_DIFFERS: RuleText("Đơn vị tính khác mẫu", "Another unit of measure", "the unit given; the unit of the form"),
    RuleCode.MISSING_ROW: RuleText("Thiếu dòng của mẫu", "A row of the form is missing", "the form; the table"),
    RuleCode.APPROXIMATE_COUNT: RuleText("Số ước chừng", "An approximate count", "the words around the number"),
    RuleCode.NUMBER_UNCERTAIN: RuleText("Số văn bản chưa chắc", "The document's number is uncertain", "the number; how it stands on the page"),
    RuleCode.DATE_UNCERTAIN: RuleText("Ngày văn bản chưa chắc", "The document's date is uncertain", "the date; how it stands on the page"),
    RuleCode.NUMBER_CONFIRMED: RuleText("Số văn bản được văn bản khác xác nhận", "Another document confirms the number", "the number as read; a document that cites number, date and issuer"),
    RuleCode.DATE_CONFIRMED: RuleText("Ngày văn bản được văn bản khác xác nhận", "Another document confirms the date", "the date as read; a document that cites number, date and issuer"),
    RuleCode.CITED_OTHERWISE: RuleText("Văn bản khác dẫn số hoặc ngày khác", "Another document cites another number or date", "number and date as read here; as another document cites them"),
    RuleCode.FORM_ASSUMED: RuleText("Mẫu biểu của năm là mẫu giả định", "The form of the year is assumed", "the campaign's form"),
    RuleCode.HEADER_UNCERTAIN: RuleText("Phần đầu văn bản chưa chắc", "The letterhead is uncertain", "the field; how it stands on the page"),
    RuleCode.LAUNCH_UNCERTAIN: RuleText("Lễ khai mạc chưa chắc", "The opening ceremony is uncertain", "what was understood of the ceremony; the sentences that speak of it"),
    RuleCode.COMMENDED_UNCERTAIN: RuleText("Đơn vị được biểu dương chưa chắc", "The praised units are uncertain", "the list of praised units; the sentence that praises"),
    RuleCode.NARRATIVE_UNCERTAIN: RuleText("Phần lời văn chưa rõ thuộc mục nào", "Text whose section is uncertain", "the paragraph; the headings of the form"),
    RuleCode.LOST_LETTERS: RuleText("Mất chữ khi chuyển mã", "Letters lost in conversion", "the text"),
    RuleCode.UNKNOWN_NAME: RuleText("Tên không có trong danh mục", "A name the registry does not hold", "the name; the registry"),
    RuleCode.READINGS_DISAGREE: RuleText("Hai cách đọc khác nhau", "Two readings of one place differ", "one reading; the other"),
    RuleCode.SEVERAL_DOCUMENTS: RuleText("Tệp chứa nhiều văn bản", "Several documents in one file", "the file"),
}  # fmt: skip
"""What may be found, in the order reviewers meet it: rules over values first, then the reading."""
