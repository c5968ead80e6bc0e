//! The screens that exports show themselves on, with the widest data they can have.

use crate::common::screens::{Drive, now};
use wenming::app::{Answer, Event, Model, StickNews};
use wenming::config::{Config, Schedule, SinkKind, SinkSetting};
use wenming::domain::{
    BundleNote, ExportNews, ExportStatus, ExportWhy, Lang, Role, Seq, SinkFault, SinkState,
};

/// A sink of each kind, and one more, with the widest names.
fn sinks() -> Vec<SinkSetting> {
    let kinds = [
        SinkKind::Stick {
            label: "VPB".to_owned(),
        },
        SinkKind::Directory {
            path: "/srv/vpb".into(),
        },
        SinkKind::S3 {
            endpoint: "https://s3.example.org".to_owned(),
            bucket: "vpb".to_owned(),
            region: "us-east-1".to_owned(),
            key_file: "/etc/wenming/s3.key".into(),
        },
        SinkKind::Directory {
            path: "/srv/copy".into(),
        },
    ];
    let names = ["技术员的U盘", "镇里的共享盘", "镇里的云盘", "wwwwwwwwwwww"];
    let sink = |(kind, name): (SinkKind, &str)| SinkSetting {
        name: name.to_owned(),
        kind,
    };
    kinds.into_iter().zip(names).map(sink).collect()
}

pub(crate) fn note(wall_ms: i64, clean: bool) -> BundleNote {
    BundleNote {
        seq: Seq::new(123_999),
        file: "VPB1-YUNDAO-HY01-i1-123456-123998.tar.zst".to_owned(),
        from: Seq::new(123_456),
        to: Seq::new(123_998),
        wall_ms,
        why: ExportWhy::Schedule,
        clean,
    }
}

fn status(clean: bool) -> ExportStatus {
    ExportStatus {
        acknowledged: Some(Seq::new(122_000)),
        waiting: 1_234_567,
        last: Some(note(now().wall.timestamp_millis() - 41 * 60_000, clean)),
    }
}

impl Drive<'_> {
    fn news(&mut self, news: ExportNews) -> &mut Self {
        self.event(Event::Export(news))
    }

    /// A whole export in which each sink says this.
    fn export(&mut self, states: [SinkState; 4], clean: bool) -> &mut Self {
        self.news(ExportNews::Started(ExportWhy::Schedule));
        for (index, state) in states.into_iter().enumerate() {
            self.news(ExportNews::Sink { index, state });
        }
        self.news(ExportNews::Ended(status(clean)))
    }

    fn exports(&mut self, role: Role) -> &mut Self {
        let exports = if role == Role::Technician { 4 } else { 6 };
        self.desk(role).digit(exports)
    }

    fn sinks(&mut self) {
        let failed = SinkState::Failed;
        self.exports(Role::Attendant).shot("exports-none");
        self.answer(Answer::Exports(status(true)))
            .event(Event::Tick);
        self.shot("exports");
        self.digit(1).shot("exports-running");
        let (done, total) = (123_456_789, 234_567_890);
        self.news(ExportNews::Progress { done, total })
            .shot("exports-running-half");
        for (name, states) in [
            (
                "done",
                [
                    SinkState::Done,
                    SinkState::Done,
                    SinkState::Done,
                    SinkState::Done,
                ],
            ),
            (
                "absent",
                [
                    failed(SinkFault::Absent),
                    failed(SinkFault::Absent),
                    failed(SinkFault::Absent),
                    SinkState::Done,
                ],
            ),
            (
                "faults",
                [
                    failed(SinkFault::Ambiguous),
                    failed(SinkFault::ReadOnly),
                    failed(SinkFault::Refused(
                        "SignatureDoesNotMatch: “the key” is not the one … of this store".repeat(3),
                    )),
                    failed(SinkFault::Full),
                ],
            ),
            (
                "own-faults",
                [
                    failed(SinkFault::Unread(
                        "VPB1-YUNDAO-HY01-i01-0000000001-0000001545.tar.zst: the disk failed"
                            .to_owned(),
                    )),
                    failed(SinkFault::Unsure),
                    failed(SinkFault::Failed("Invalid argument".to_owned())),
                    failed(SinkFault::Slow),
                ],
            ),
            (
                "more-faults",
                [
                    failed(SinkFault::Gone),
                    failed(SinkFault::InTheWay(
                        "/media/vpb/up is a link, not ours, and cannot be renamed; take it away"
                            .to_owned(),
                    )),
                    failed(SinkFault::Refused("AccessDenied".to_owned())),
                    failed(SinkFault::Different),
                ],
            ),
        ] {
            self.exports(Role::Attendant)
                .export(states, true)
                .shot(&format!("exports-{name}"));
        }
    }

    fn trouble(&mut self) {
        let done = || [const { SinkState::Done }; 4];
        self.exports(Role::Attendant)
            .export(done(), false)
            .shot("exports-unclean");
        self.restart()
            .export(done(), false)
            .shot("idle-export-unclean");
        self.exports(Role::Attendant)
            .news(ExportNews::Started(ExportWhy::Asked))
            .news(ExportNews::Failed("the disk is full, ".repeat(9)))
            .news(ExportNews::Ended(status(true)))
            .shot("exports-failed");
        self.restart()
            .news(ExportNews::Failed("the disk is full".to_owned()))
            .shot("idle-export-failed");
        let missed = Some(now().wall.timestamp_millis() - 24 * 3_600_000);
        self.restart().model.export.missed = missed;
        self.shot("idle-export-missed");
        self.desk(Role::Technician).model.export.missed = missed;
        self.shot("desk-exports-look");
        self.digit(4).shot("exports-missed");
        self.answer(Answer::Exports(status(true)))
            .shot("exports-made-up");
    }

    fn stick(&mut self) {
        let failed = SinkState::Failed(SinkFault::Different);
        self.restart()
            .event(Event::Stick(StickNews::In))
            .news(ExportNews::Started(ExportWhy::Stick))
            .news(ExportNews::Progress { done: 3, total: 4 })
            .shot("idle-stick-writing");
        self.news(ExportNews::MayRemove)
            .news(ExportNews::Ended(status(true)))
            .shot("idle-stick-remove");
        self.restart()
            .event(Event::Stick(StickNews::In))
            .export(
                [failed.clone(), failed.clone(), failed.clone(), failed],
                true,
            )
            .shot("idle-stick-failed");
    }
}

/// A station that exports, with four sinks.
pub(crate) fn exporting(config: &Config, lang: Lang) -> (Config, Vec<(String, Model)>) {
    let mut config = config.clone();
    config.export.sinks = sinks();
    config.export.schedule = Schedule::parse(&["12:00", "18:00"]).unwrap();
    let mut drive = Drive::new(&config, Model::new(1, Lang::default(), &now()));
    drive.sinks();
    drive.trouble();
    drive.stick();
    let mut shots = drive.shots.clone();
    for (_, model) in &mut shots {
        model.lang = lang;
    }
    (config.clone(), shots)
}
