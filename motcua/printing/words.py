"""What facts of a dossier are called on paper."""

PAUSES = {"dossiers.supplement_asked": "Yêu cầu bổ sung", "dossiers.payment_asked": "Yêu cầu nộp phí, lệ phí"}
RESUMES = {"dossiers.supplemented": "Đã bổ sung", "dossiers.payment_confirmed": "Đã nộp phí, lệ phí"}
ENDS = {"dossiers.stopped": "Dừng xử lý", "dossiers.withdrawn": "Người nộp rút hồ sơ"}

# what stands in the register where a result would, for a dossier that ended without one
ENDED = {"stopped": "Dừng xử lý", "withdrawn": "Đã rút hồ sơ"}
